extension BagPaths {
    /// A path as it stands in a manifest or in `fetch.txt`, brought into the form in which the bag holds it.
    struct Listed {
        /// The path below the bag's folder.
        var path: [UInt8]
        /// What was done to it that another tool's manner made needful, in words.
        var manner: String?
        /// Whether a percent sign stands there that encodes nothing that may be encoded.
        var hasLoosePercent = false
    }

    /// Decodes `%0A`, `%0D` and `%25`, the letters in either case, and those only (RFC 8493, section 2.1.3).
    static func decoded(_ written: some Collection<UInt8>) -> (path: [UInt8], hasLoosePercent: Bool) {
        let bytes = Array(written)
        guard bytes.contains(UInt8(ascii: "%")) else { return (bytes, false) }
        var path: [UInt8] = []
        var isLoose = false
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                path.append(bytes[index])
                index += 1
                continue
            }
            let code = bytes[(index + 1)...].prefix(2).map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
            switch code {
            case [0x30, 0x41]: path.append(0x0A)
            case [0x30, 0x44]: path.append(0x0D)
            case [0x32, 0x35]: path.append(UInt8(ascii: "%"))
            default:
                isLoose = true
                path.append(UInt8(ascii: "%"))
                index += 1
                continue
            }
            index += 3
        }
        return (path, isLoose)
    }

    /// Why a listed path is none inside the bag; nil where it is one.
    static func problem(ofListed path: [UInt8]) -> String? {
        guard let first = path.first else { return "the path is empty" }
        if first == UInt8(ascii: "/") || first == UInt8(ascii: "\\") { return "the path begins at the root" }
        if first == UInt8(ascii: "~") { return "the path begins at somebody's home" }
        if path.count >= 2, path[1] == UInt8(ascii: ":"), (0x41...0x5A).contains(first & 0xDF) {
            return "the path begins with a drive letter"
        }
        if path.contains(0) { return "the path has a NUL" }
        for component in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if component.isEmpty { return "the path has an empty component" }
            if component.elementsEqual(".".utf8) { return "the path has a component '.'" }
            if component.elementsEqual("..".utf8) { return "the path leads upwards" }
        }
        return nil
    }

    /// Whether the path is one of the payload.
    static func isPayload(_ path: [UInt8]) -> Bool { path.starts(with: "data/".utf8) }
}
