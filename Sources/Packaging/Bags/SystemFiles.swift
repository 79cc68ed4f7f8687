import Containers

/// What macOS puts beside the files of a bag when it packs or copies them, and what no maker of a bag meant to be in it.
///
/// AppleDouble files (`._NAME`, RFC 1740, appendix A) carry what other file systems have no place for; the Finder's zip keeps
/// them in a folder `__MACOSX` of their own. `.DS_Store` is how a folder's window looked.
enum SystemFiles {
    /// What an AppleDouble file begins with (RFC 1740, appendix A).
    static let magic: [UInt8] = [0x00, 0x05, 0x16, 0x07]

    private static let window = Array(".DS_Store".utf8)

    /// Whether the name is one that an AppleDouble file may have; only its content tells whether it is one.
    static func mayBeAppleDouble(_ path: [UInt8]) -> Bool { lastComponent(path).starts(with: "._".utf8) }

    /// Whether the name is that of a folder's window.
    static func isWindow(_ path: [UInt8]) -> Bool { lastComponent(path).elementsEqual(window) }

    private static func lastComponent(_ path: [UInt8]) -> ArraySlice<UInt8> {
        path[(path.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0)...]
    }

    /// The one warning for all that was passed over; nil where nothing was.
    ///
    /// - Parameters:
    ///   - count: how many files.
    ///   - remark: a further thing that packing by hand brings along, which is told here and not a second time.
    /// - Returns: the warning.
    static func finding(_ count: Int, remark: String? = nil) -> BagFinding? {
        guard count > 0 else { return nil }
        let files = count == 1 ? "1 file" : "\(count) files"
        let words = "\(files) that macOS left behind (__MACOSX, ._NAME, .DS_Store), which no manifest lists"
        return BagFinding(
            .warning,
            .memberSystem,
            found: "\(words): passed over, and left out where the bag is kept" + (remark.map { "; \($0)" } ?? "")
        )
    }
}

extension BagContents {
    /// The numbers of the files that macOS left behind in the bag: by their names, and an AppleDouble file by its content too.
    ///
    /// A file that a manifest lists is a file of the bag, whatever it is called.
    func strangers(_ tags: BagTags) -> Set<Int> {
        var candidates: [PathKey: Int] = [:]
        for (number, file) in files.enumerated() where file.isAppleDouble || SystemFiles.isWindow(file.path) {
            candidates[PathKey(MemberNames.composed(file.path))] = number
        }
        guard !candidates.isEmpty else { return [] }
        for manifest in tags.manifests {
            for entry in manifest.entries { candidates[PathKey(MemberNames.composed(entry.path))] = nil }
        }
        for entry in tags.fetch { candidates[PathKey(MemberNames.composed(entry.path))] = nil }
        return Set(candidates.values)
    }

    /// Takes files out, as if they had not been there.
    mutating func leaveOut(_ numbers: Set<Int>) {
        guard !numbers.isEmpty else { return }
        let kept = files.enumerated().filter { !numbers.contains($0.offset) }.map(\.element)
        let had = hasData
        files = []
        forgetNumbers()
        for file in kept { add(file) }
        hasData = had
    }
}
