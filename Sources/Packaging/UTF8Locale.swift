import Glibc

/// The locale in which libarchive is called.
///
/// libarchive 3.6.2 converts names by way of the locale, and in the locale C, in which every program starts, a name
/// outside ASCII ends it by a null pointer. The locale here is set for the calling thread alone, and for the duration of
/// the call; the rest of the program sees none of it.
enum UTF8Locale {
    /// Runs `body` with `C.UTF-8` as the character set of this thread (`uselocale(3)`).
    ///
    /// - Throws: `PackagingError`, with code `container` where the system has no such locale; what `body` throws.
    static func with<Result>(_ body: () throws -> Result) throws -> Result {
        guard let utf8 = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil) else {
            throw PackagingError(
                .container,
                subject: "C.UTF-8",
                message: "this system has no such locale, without which names outside ASCII cannot be written",
                remedy: "install the C library's locales, then pack again"
            )
        }
        defer { unsafe freelocale(utf8) }
        let before = unsafe uselocale(utf8)
        defer { _ = unsafe uselocale(before) }
        return try body()
    }
}
