import Containers

/// A line of `fetch.txt`: a file that is still to come, or was when the bag was made.
struct FetchEntry {
    let path: [UInt8]
    /// Length in bytes, where it is said.
    let length: Int?
}

/// `fetch.txt` read.
///
/// RFC 8493, section 2.2.3. Nothing is ever fetched.
struct FetchReading {
    private(set) var entries: [FetchEntry] = []
    private var told: LineFindings

    private let version: BagVersion

    /// What is wrong with it.
    var findings: [BagFinding] { told.all(of: Self.name) }
    private static let name = Array("fetch.txt".utf8)

    init(_ text: TagText, version: BagVersion) {
        self.version = version
        told = LineFindings(text.findings)
        var seen: Set<PathKey> = []
        for (index, line) in text.lines.enumerated() {
            guard let entry = read(line, number: index + 1) else { continue }
            if !seen.insert(PathKey(entry.path)).inserted {
                tell(.warning, .fetchDuplicate, "line \(index + 1) lists the file again", entry.path)
            }
            entries.append(entry)
        }
    }

    private mutating func read(_ line: ArraySlice<UInt8>, number: Int) -> FetchEntry? {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        guard !line.allSatisfy(isSpace) else {
            tell(.warning, .fetchLine, "line \(number) is empty")
            return nil
        }
        let url = line.prefix { !isSpace($0) }
        let afterURL = line[url.endIndex...].drop(while: isSpace)
        let length = afterURL.prefix { !isSpace($0) }
        let rest = afterURL[length.endIndex...].drop(while: isSpace)
        guard !url.isEmpty, !rest.isEmpty else {
            tell(.invalid, .fetchLine, "line \(number) is '\(line.prefix(200).shown)'", expected: "URL LENGTH PATH")
            return nil
        }
        let size = Int(decimal: length)
        if size == nil, !length.elementsEqual("-".utf8) {
            let found = "line \(number) has the length '\(length.prefix(40).shown)'"
            tell(.invalid, .fetchLine, found, expected: "a number of bytes, or -")
        }
        check(url, number: number)
        var path = Array(rest)
        if path.starts(with: "./".utf8) { path = MemberNames.withoutDot(path) }
        if version.isFinal {
            let decoded = BagPaths.decoded(path)
            path = decoded.path
            if decoded.hasLoosePercent {
                tell(.invalid, .manifestPercent, "line \(number) has a percent sign that is not written as %25", path)
            }
        }
        if let problem = BagPaths.problem(ofListed: path) {
            tell(.invalid, .fetchPath, "line \(number) lists '\(path.shown)': \(problem)")
            return nil
        }
        guard BagPaths.isPayload(path) else {
            tell(.invalid, .fetchTag, "line \(number) lists a file outside data/", path)
            return nil
        }
        return FetchEntry(path: path, length: size)
    }

    /// A URL must be absolute (RFC 3986, section 4.3); one of a file would read from the computer of whoever fetches.
    private mutating func check(_ url: ArraySlice<UInt8>, number: Int) {
        let scheme = url.prefix { $0 != UInt8(ascii: ":") }
        let isScheme =
            scheme.endIndex < url.endIndex && scheme.first.map { (0x41...0x5A).contains($0 & 0xDF) } ?? false
            && scheme.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || "+-.".utf8.contains($0)
            }
        let shown = url.prefix(200).shown
        if !isScheme {
            tell(.invalid, .fetchURL, "line \(number) has '\(shown)'", expected: "an absolute URL")
        } else if scheme.map({ $0 | 0x20 }).elementsEqual("file".utf8) {
            let expected = "a URL that does not lead into this computer"
            tell(.invalid, .fetchURL, "line \(number) has '\(shown)'", expected: expected)
        }
    }

    private mutating func tell(
        _ weight: BagFinding.Weight,
        _ rule: BagRule,
        _ found: String,
        _ path: [UInt8]? = nil,
        expected: String? = nil
    ) {
        let words = path == nil ? found : "fetch.txt, \(found)"
        told.add(BagFinding(weight, rule, path ?? Self.name, found: words, expected: expected))
    }
}
