import Containers

/// The files of a bag by their names without regard to Unicode form or letter case; made only where a name is missing.
struct NameForms {
    private var composed: [PathKey: [Int]] = [:]
    private var folded: [PathKey: [Int]] = [:]

    init(_ files: [BagFile]) {
        for (number, file) in files.enumerated() {
            composed[PathKey(MemberNames.composed(file.path)), default: []].append(number)
            folded[PathKey(MemberNames.folded(file.path)), default: []].append(number)
        }
    }

    /// The one file whose name is the same in Unicode's form NFC.
    func number(sameFormAs path: [UInt8]) -> Int? { Self.only(composed[PathKey(MemberNames.composed(path))]) }

    /// The one file whose name is the same but for letter case and form.
    func number(sameLettersAs path: [UInt8]) -> Int? { Self.only(folded[PathKey(MemberNames.folded(path))]) }

    private static func only(_ numbers: [Int]?) -> Int? { numbers?.count == 1 ? numbers?.first : nil }
}

extension [UInt8] {
    /// The characters outside ASCII as their codes, so that two forms of a name look different.
    var codes: String {
        "'"
            + String(decoding: self, as: UTF8.self).unicodeScalars.map { scalar in
                scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F
                    ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }.joined() + "'"
    }
}

/// What a name comes to on other systems (RFC 8493, section 6.1.2;
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
enum PortableNames {
    private static let devices: Set<String> = {
        var names: Set<String> = ["con", "prn", "aux", "nul"]
        for number in 1...9 { names.formUnion(["com\(number)", "lpt\(number)"]) }
        return names
    }()
    private static let leftovers: Set<String> = [
        ".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".spotlight-v100", ".trashes",
    ]

    /// What is odd about a path; nil where nothing is.
    static func problem(of path: [UInt8]) -> (rule: BagRule, text: String)? {
        for component in path.split(separator: UInt8(ascii: "/")) {
            if component.contains(where: { "<>:\"|?*".utf8.contains($0) }) {
                return (.memberWindows, "a name with a character that Windows does not take")
            }
            if let last = component.last, last == 0x20 || last == UInt8(ascii: ".") {
                return (.memberWindows, "a name that ends with a space or a point, which Windows drops")
            }
            // The longest names looked for are shorter than this; most names are longer.
            guard component.count <= 40 else { continue }
            let first = component.first ?? 0
            let stem = component.prefix { $0 != UInt8(ascii: ".") }
            if stem.count == 3 || stem.count == 4 {
                let name = String(decoding: stem, as: UTF8.self).lowercased()
                if devices.contains(name) { return (.memberWindows, "a name that Windows reserves for a device") }
            }
            if first == UInt8(ascii: ".") || "tTdD_".utf8.contains(first) {
                let name = String(decoding: component, as: UTF8.self).lowercased()
                if leftovers.contains(name) || name.hasPrefix("._") {
                    return (.memberSystem, "a file that an operating system leaves behind")
                }
            }
        }
        return nil
    }
}
