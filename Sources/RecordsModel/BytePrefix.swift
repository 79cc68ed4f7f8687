extension String {
    /// The text behind a beginning, both to the letter; nil where it does not begin so.
    ///
    /// `hasPrefix` goes by characters: an accent that a file name begins with would belong to the slash before it.
    package func behind(_ beginning: String) -> String? {
        utf8.starts(with: beginning.utf8) ? String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self) : nil
    }
}
