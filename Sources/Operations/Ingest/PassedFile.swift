import FileSafety
import Fixity
import Signatures
import SystemPackage

/// What the bytes of a file said of electronic signatures while they passed by.
enum PassedFile: Sendable {
    /// It does not say that it is a PDF.
    case noPDF
    /// It is a PDF that can hold no signature.
    case ruledOut(bytes: Int, sha256: String)
    /// It is a PDF that may hold one.
    case toBeLookedAt

    /// Reads a file for this alone.
    ///
    /// - Throws: `FileSafetyError`; `FileChangedError` where it is written to meanwhile.
    static func reading(_ file: FilePath) throws -> PassedFile {
        let file = try OpenFile.reading(file)
        let before = try file.status()
        var passing = PassingFile()
        try unsafe withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
            while !passing.isDecided {
                let count = try unsafe file.read(into: buffer)
                guard count > 0, passing.bytes + count <= before.size else { break }
                unsafe passing.pass(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        guard passing.isDecided || passing.bytes == before.size, try file.status() == before else {
            throw FileChangedError(path: file.path)
        }
        return passing.finish()
    }
}

/// A file whose bytes pass by, on the way to wherever they go.
struct PassingFile: ~Copyable {
    private var screen = SignatureScreen()
    /// Of a PDF that may be ruled out yet.
    private var digest: DigestContext?
    /// How many bytes passed by.
    private(set) var bytes = 0

    /// Nothing has passed by yet.
    init() { digest = DigestContext(.sha256) }

    /// Whether nothing that may still come can change what is to be said.
    var isDecided: Bool { screen.canHoldSignature || screen.isNoPDF }

    /// Looks at the next bytes.
    mutating func pass(_ piece: UnsafeRawBufferPointer) {
        bytes += piece.count
        guard !isDecided else { return }
        unsafe screen.pass(piece)
        if isDecided {
            digest = nil
        } else {
            unsafe digest?.update(piece)
        }
    }

    /// What all of them said.
    consuming func finish() -> PassedFile {
        guard screen.isPDF else { return .noPDF }
        guard !screen.canHoldSignature, let digest = digest.take() else { return .toBeLookedAt }
        return .ruledOut(bytes: bytes, sha256: digest.finish().hex)
    }
}
