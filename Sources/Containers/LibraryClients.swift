import SystemPackage

/// Hands a source on to libarchive, and keeps what goes wrong there, since no error passes through C.
@safe
final class StreamClient: LibraryClient {
    private let source: any ByteSource
    private let watch: (UnsafeRawBufferPointer) throws -> Void
    private(set) var failure: (any Error)?

    /// - Parameters:
    ///   - source: where the bytes come from.
    ///   - watch: shown every piece before the library is.
    init(_ source: any ByteSource, watch: @escaping (UnsafeRawBufferPointer) throws -> Void = { _ in }) {
        self.source = source
        unsafe self.watch = watch
    }

    var size: Int { 0 }
    var position: Int { 0 }
    func seek(to offset: Int) -> Int? { nil }

    func read() -> UnsafeRawBufferPointer? {
        guard failure == nil else { return nil }
        do {
            let piece = try unsafe source.next()
            try unsafe watch(piece)
            return unsafe piece
        } catch {
            failure = error
            return nil
        }
    }
}

/// A file in which libarchive may go to and fro.
final class FileClient: LibraryClient {
    private let source: FileSource
    private(set) var position = 0
    private(set) var failure: (any Error)?

    init(_ source: FileSource) { self.source = source }

    var size: Int { source.size }

    func seek(to offset: Int) -> Int? {
        do {
            try source.seek(to: offset)
            position = offset
            return offset
        } catch {
            failure = error
            return nil
        }
    }

    func read() -> UnsafeRawBufferPointer? {
        do {
            let piece = try unsafe source.next()
            position += piece.count
            return unsafe piece
        } catch {
            failure = error
            return nil
        }
    }
}

/// What is inside a Zstandard or xz stream, through libarchive's filter alone.
///
/// Taken out here and not by the reader of the tar, so that there is exactly one filter, and so that the tar can be looked
/// at on its way.
final class FilteredSource: ByteSource {
    private let upstream: any ByteSource
    private let client: StreamClient
    private let kind: LibraryReader.Kind
    private var reader: LibraryReader?
    private var isAtEnd = false

    init(_ upstream: any ByteSource, _ kind: LibraryReader.Kind) {
        self.upstream = upstream
        self.kind = kind
        client = unsafe StreamClient(upstream)
    }

    var consumed: Int { upstream.consumed }

    func next() throws -> UnsafeRawBufferPointer {
        let nothing = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        guard !isAtEnd else { return unsafe nothing }
        do {
            try begin()
            while let block = try unsafe reader?.nextBlock() {
                if unsafe !block.piece.isEmpty { return unsafe block.piece }
            }
            isAtEnd = true
            return unsafe nothing
        } catch let damage as LibraryDamage {
            throw client.failure ?? ContainerFault(.containerDamaged, found: damage.words)
        } catch {
            throw client.failure ?? error
        }
    }

    private func begin() throws {
        guard reader == nil else { return }
        let opened = try LibraryReader.open(kind, client)
        let entry = try opened.nextEntry()
        let count = opened.filterCount()
        reader = consume opened
        guard count == 1 else {
            throw ContainerFault(
                .containerFilter,
                found: count == 0 ? "the compression cannot be read" : "it is compressed \(count) times",
                expected: "one compression around a tar"
            )
        }
        if entry == nil { isAtEnd = true }
    }
}
