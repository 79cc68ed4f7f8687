private import Foundation

/// Looks at the names of one container or folder tree, each by itself and all against each other, on bytes.
///
/// What can lead outside is wrong everywhere. What is a plain name here and dangerous on another system is told with the
/// weight that the use asks for.
package struct MemberNames {
    /// `NAME_MAX` and `PATH_MAX` of `limits.h`, the latter less the NUL.
    private static let (longestName, longestPath) = (255, 4095)

    private let use: ContainerUse
    private let depth: Int
    private var kinds: [[UInt8]: Bool] = [:]
    private var folded: [[UInt8]: [UInt8]] = [:]
    private var lastFolder: [UInt8] = []

    /// Looks at names for a use.
    ///
    /// - Parameters:
    ///   - use: what the names are wanted for.
    ///   - depth: how many components a path may have.
    package init(use: ContainerUse, depth: Int) {
        self.use = use
        self.depth = depth
    }

    /// The name without `./` in front, which tools put there that pack "this folder".
    package static func withoutDot(_ name: [UInt8]) -> [UInt8] {
        var rest = name[...]
        while rest.starts(with: [0x2E, 0x2F]) {
            rest = rest.dropFirst(2)
            rest = rest.drop { $0 == 0x2F }
        }
        return rest.elementsEqual([0x2E]) ? [] : Array(rest)
    }

    private static let finder = Array("__MACOSX".utf8)

    /// Whether a member stands in the folder that the Finder's zip keeps AppleDouble files in, or is that folder.
    package static func isInFinderFolder(_ name: [UInt8]) -> Bool {
        name.starts(with: finder) && (name.count == finder.count || name[finder.count] == 0x2F)
    }

    /// What is wrong with a name by itself.
    package func problems(of name: [UInt8], shownAs whole: [UInt8]? = nil) -> [ContainerFinding] {
        var findings: [ContainerFinding] = []
        func tell(_ weight: ContainerFinding.Weight, _ rule: ContainerRule, _ words: String) {
            guard !findings.contains(where: { $0.rule == rule }) else { return }
            findings.append(ContainerFinding(weight, rule, whole ?? name, found: words))
        }
        guard let first = name.first else {
            tell(.invalid, .memberEmpty, "a member without a name")
            return findings
        }
        if first == 0x2F { tell(.invalid, .memberAbsolute, "the path begins at the root") }
        if name.count >= 2, name[1] == 0x3A, (0x41...0x5A).contains(first & 0xDF) {
            tell(.invalid, .memberDrive, "the path begins with a drive letter")
        }
        if name.contains(0) { tell(.invalid, .memberControl, "the name has a NUL") }
        if name.contains(0x5C) {
            let leads = Self.leadsOut(name)
            tell(
                leads ? .invalid : use.weight(of: .memberBackslash),
                .memberBackslash,
                "the name has a backslash, a separator on other systems"
            )
        }
        if name.contains(where: { $0 != 0 && $0 < 0x20 || $0 == 0x7F }) {
            tell(use.weight(of: .memberControl), .memberControl, "the name has a control character")
        }
        if !UTF8Text.isValid(name) { tell(.invalid, .memberEncoding, "the name is not UTF-8") }
        if name.count > Self.longestPath { tell(.invalid, .memberLong, "the path has \(name.count) bytes") }
        var components = 0
        for component in name.split(separator: 0x2F, omittingEmptySubsequences: false) {
            components += 1
            if component.isEmpty, components > 1 { tell(.invalid, .memberEmpty, "the path has an empty component") }
            if component.elementsEqual([0x2E]) { tell(.invalid, .memberDot, "the path has a component '.'") }
            if component.elementsEqual([0x2E, 0x2E]) { tell(.invalid, .memberParent, "the path leads upwards") }
            if component.count > Self.longestName {
                tell(.invalid, .memberLong, "a name of \(component.count) bytes")
            }
        }
        if components > depth {
            findings.append(
                ContainerFinding(
                    .invalid,
                    .memberLimit,
                    whole ?? name,
                    found: "a path of \(components) components",
                    expected: "at most \(depth)",
                    limit: .depth
                )
            )
        }
        return findings
    }

    /// Whether the backslashes of a name, taken for slashes, lead to the root or upwards.
    private static func leadsOut(_ name: [UInt8]) -> Bool {
        let parts = name.split(omittingEmptySubsequences: false) { $0 == 0x2F || $0 == 0x5C }
        return name.first == 0x5C || parts.contains { $0.elementsEqual([0x2E, 0x2E]) }
    }

    /// Takes a name into account; says which of those before it collide with it.
    ///
    /// - Parameters:
    ///   - name: a name that `problems` finds safe.
    ///   - isFolder: whether it is a folder; one may be told more than once.
    /// - Returns: what is wrong with it beside the others.
    package mutating func register(_ name: [UInt8], isFolder: Bool) -> [ContainerFinding] {
        var findings: [ContainerFinding] = []
        if let slash = name.lastIndex(of: 0x2F) {
            let folder = name[..<slash]
            // The files of a folder mostly come one behind the other.
            if !folder.elementsEqual(lastFolder) {
                for place in folder.indices where folder[place] == 0x2F {
                    add(Array(folder[..<place]), isFolder: true, to: &findings)
                }
                lastFolder = Array(folder)
                add(lastFolder, isFolder: true, to: &findings)
            }
        }
        add(name, isFolder: isFolder, isMember: true, to: &findings)
        return findings
    }

    private mutating func add(
        _ name: [UInt8],
        isFolder: Bool,
        isMember: Bool = false,
        to findings: inout [ContainerFinding]
    ) {
        if let wasFolder = kinds[name] {
            if wasFolder != isFolder {
                findings.append(ContainerFinding(.invalid, .memberConflict, name, found: "a file and a folder at once"))
            } else if isMember, !isFolder {
                findings.append(
                    ContainerFinding(.invalid, .memberDuplicate, name, found: "the name is there more than once")
                )
            }
            return
        }
        kinds[name] = isFolder
        let key = Self.folded(name)
        guard let other = folded[key] else {
            folded[key] = name
            return
        }
        let words = "the same as '\(other.shown)' where letter case or Unicode form does not count"
        findings.append(ContainerFinding(use.weight(of: .memberCollision), .memberCollision, name, found: words))
    }

    /// The name as file systems compare it that ignore case and Unicode form.
    package static func folded(_ name: [UInt8]) -> [UInt8] {
        if name.allSatisfy({ $0 < 0x80 }) {
            return name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        }
        guard UTF8Text.isValid(name) else { return name }
        let text = String(decoding: name, as: UTF8.self).precomposedStringWithCanonicalMapping.lowercased()
        return Array(text.precomposedStringWithCanonicalMapping.utf8)
    }

    /// The name in Unicode's form NFC; the bytes themselves where they are no UTF-8.
    package static func composed(_ name: [UInt8]) -> [UInt8] {
        guard !name.allSatisfy({ $0 < 0x80 }), UTF8Text.isValid(name) else { return name }
        return Array(String(decoding: name, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
    }
}
