/// The rules for the paths of a bag, all on UTF-8 bytes.
///
/// Never on `Character` or by `String` equality: a combining mark after a slash would hide the slash, and two names that
/// differ by Unicode form only would be one.
enum BagPaths {
    /// Longest file name that Linux takes, in bytes (`NAME_MAX` of `limits.h`).
    private static let longestName = 255
    /// Longest path that Linux takes, in bytes (`PATH_MAX` of `limits.h` less the NUL).
    private static let longestPath = 4095

    /// What is wrong with these paths, one text each; empty where they make a bag.
    static func problems(bag: String, paths: [String]) -> [String] {
        var problems = self.problem(ofName: bag).map { ["bag name \(bag.quoted): \($0)"] } ?? []
        var seen: Set<[UInt8]> = []
        var folders: Set<[UInt8]> = [Array("data".utf8)]
        for path in paths {
            if let problem = problem(ofPath: path, bag: bag) { problems.append("\(path.quoted): \(problem)") }
            let bytes = Array(path.utf8)
            if !seen.insert(bytes).inserted { problems.append("\(path.quoted): it is there more than once") }
            for slash in bytes.indices where bytes[slash] == UInt8(ascii: "/") {
                folders.insert(Array(bytes[..<slash]))
            }
        }
        for path in paths where folders.contains(Array(path.utf8)) {
            problems.append("\(path.quoted): it is a file and a folder at once")
        }
        return problems
    }

    /// The path as a manifest writes it.
    ///
    /// CR, LF and the percent sign are percent-encoded, and nothing else is (RFC 8493, section 2.1.3).
    static func encoded(_ path: String) -> [UInt8] {
        path.utf8.flatMap { byte in
            switch byte {
            case UInt8(ascii: "\r"): Array("%0D".utf8)
            case UInt8(ascii: "\n"): Array("%0A".utf8)
            case UInt8(ascii: "%"): Array("%25".utf8)
            default: [byte]
            }
        }
    }

    private static func problem(ofPath path: String, bag: String) -> String? {
        let bytes = Array(path.utf8)
        guard let first = bytes.first else { return "the path is empty" }
        if first == UInt8(ascii: "/") { return "it is an absolute path" }
        for name in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if let problem = problem(ofComponent: name) { return problem }
        }
        if bag.utf8.count + 1 + bytes.count > longestPath { return "the path has more than \(longestPath) bytes" }
        // A manifest parts digest and path by any number of spaces, and older readers drop an asterisk.
        if [0x20, 0x09, UInt8(ascii: "*")].contains(first) { return "it begins with a space or an asterisk" }
        if isReserved(path) { return "the writer makes this file itself, or a bag without holes must not have it" }
        return nil
    }

    private static func problem(ofName name: String) -> String? {
        let bytes = Array(name.utf8)
        if bytes.contains(UInt8(ascii: "/")) { return "it has a slash in it" }
        return problem(ofComponent: bytes[...])
    }

    private static func problem(ofComponent name: ArraySlice<UInt8>) -> String? {
        if name.isEmpty { return "it has an empty component" }
        if name.elementsEqual(".".utf8) { return "it has a component '.'" }
        if name.elementsEqual("..".utf8) { return "it leads upwards through '..'" }
        if name.contains(0) { return "it has a NUL in it" }
        if name.count > longestName { return "it has a name of more than \(longestName) bytes" }
        return nil
    }

    /// Whether the path is one of the files that make a bag, whatever the letter case.
    private static func isReserved(_ path: String) -> Bool {
        let name = path.lowercased()
        if ["bagit.txt", "bag-info.txt", "fetch.txt"].contains(name) { return true }
        return (name.hasPrefix("manifest-") || name.hasPrefix("tagmanifest-")) && name.hasSuffix(".txt")
            && !name.utf8.contains(UInt8(ascii: "/"))
    }
}
