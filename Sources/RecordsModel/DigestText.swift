extension StringProtocol {
    /// Whether it is a SHA-512 as this program writes it: 128 hexadecimal digits in lower case.
    package var isSHA512: Bool {
        utf8.count == 128 && utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
