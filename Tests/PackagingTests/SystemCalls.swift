import Foundation

/// Calls of the system that Foundation has no words for.
enum SystemCalls {
    /// Makes a FIFO; whether that went well.
    static func makeFIFO(_ path: String) -> Bool { unsafe mkfifo(path, 0o644) == 0 }

    /// Changes a file's mode; whether that went well.
    static func changeMode(_ path: String, _ mode: mode_t) -> Bool { unsafe chmod(path, mode) == 0 }

    /// Gives a file a length, with holes where there was nothing; whether that went well.
    static func setLength(_ path: String, _ length: Int) -> Bool { unsafe truncate(path, length) == 0 }
}
