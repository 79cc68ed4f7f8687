package import FileSafety
import Glibc
import SystemPackage

/// The locale in which libarchive is called.
///
/// libarchive 3.6.2 converts names by way of the locale, and in the locale C, in which every program starts, a name
/// outside ASCII ends it by a null pointer. The locale here is set for the calling thread alone, and for the duration of
/// the call; the rest of the program sees none of it.
package enum UTF8Locale {
    /// Runs `body` with `C.UTF-8` as the character set of this thread (`uselocale(3)`).
    ///
    /// - Parameters:
    ///   - missing: what to throw where the system has no such locale.
    ///   - body: what to run.
    /// - Returns: what `body` returns.
    /// - Throws: `missing`; what `body` throws.
    package static func with<Result>(_ missing: any Error, _ body: () throws -> Result) throws -> Result {
        guard let utf8 = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil) else {
            throw missing
        }
        defer { unsafe freelocale(utf8) }
        let before = unsafe uselocale(utf8)
        defer { _ = unsafe uselocale(before) }
        return try body()
    }

    /// What is said where a container cannot be read for want of it.
    package static let missing = FileSafetyError(
        .notFound,
        operation: "use the locale",
        path: "C.UTF-8",
        reason: "this system has no such locale: install the C library's locales"
    )
}
