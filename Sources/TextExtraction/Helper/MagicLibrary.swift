private import CMagic
import Glibc
import SystemPackage

/// What libmagic makes of a file's content (<https://www.darwinsys.com/file/>).
struct MagicVerdict {
    /// The media type: `application/pdf`.
    let mediaType: String
    /// In words: `PDF document, version 1.4`.
    let name: String
    /// The character set of a text: `us-ascii`, `utf-16le`, `binary`.
    let charset: String
}

/// A failure of libmagic itself.
struct MagicError: Error {
    /// In the library's words.
    let reason: String
}

/// libmagic with its own table of formats.
@safe
struct MagicLibrary: ~Copyable {
    private let raw: magic_t

    private init(adopting raw: magic_t) { unsafe self.raw = raw }

    deinit { unsafe magic_close(raw) }

    /// Loads the table of formats that is installed with the library.
    static func open() throws(MagicError) -> MagicLibrary {
        guard let raw = unsafe magic_open(MAGIC_NONE) else { throw MagicError(reason: "out of memory") }
        let library = unsafe MagicLibrary(adopting: raw)
        guard unsafe magic_load(raw, nil) == 0 else { throw library.failure() }
        return library
    }

    /// Looks at a file's content.
    borrowing func look(at path: FilePath) throws(MagicError) -> MagicVerdict {
        MagicVerdict(
            mediaType: try ask(path, MAGIC_MIME_TYPE),
            name: try ask(path, MAGIC_NONE),
            charset: try ask(path, MAGIC_MIME_ENCODING)
        )
    }

    private borrowing func ask(_ path: FilePath, _ flags: CInt) throws(MagicError) -> String {
        // The content is what is asked about: not what a device holds, and not what is packed inside.
        let all = flags | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS
        guard unsafe magic_setflags(raw, all) == 0 else { throw failure() }
        let answer = unsafe path.withPlatformString { unsafe magic_file(raw, $0) }
        guard let text = unsafe answer else { throw failure() }
        return unsafe String(cString: text)
    }

    private borrowing func failure() -> MagicError {
        MagicError(reason: unsafe magic_error(raw).map { unsafe String(cString: $0) } ?? "libmagic says nothing")
    }
}
