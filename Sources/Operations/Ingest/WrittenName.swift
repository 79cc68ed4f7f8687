import Fixity
import RecordsModel

/// A file's name in a form that can be written as text: `=` and two hexadecimal digits stand for a byte that cannot.
///
/// ```
/// laporan-caf\xE9.txt   laporan-caf=E9.txt     in the store: bytes that are no UTF-8
/// Realisasi 93%.txt     Realisasi 93=25.txt     in a package: what other programs stumble over, too
/// a=3D.txt              a=3D3D.txt              an equals sign that could be taken for such a form is written as one
/// ```
///
/// Two names never have one form. A component that gets longer than file systems take is cut, and ends with `=-` and the
/// SHA-256 of the name. OCFL's paths are texts, and so are the lines of a bag's manifest; the name itself, as bytes, stands
/// in `record.json`.
package enum WrittenName {
    /// Longest component that Linux takes, in bytes (`NAME_MAX` of `limits.h`).
    private static let longestName = 255
    /// Longest path in a version: room is left for the folders above it (`PATH_MAX` of `limits.h` is 4,096).
    private static let longestPath = 3500

    /// A path of names in the form that the store has: only bytes that are no UTF-8 are written; nil where there are none.
    package static func inStore(_ path: [UInt8]) -> String? {
        if String(validating: path, as: UTF8.self) != nil { return nil }
        return written(path) { _ in true }
    }

    /// A path of names in the form that a package has.
    ///
    /// Written are, beside bytes that are no UTF-8: the percent sign, which RFC 8493 wants encoded in a manifest and
    /// bagit-python and bdbag do not decode; the dollar sign, which they take for a variable; control characters and the
    /// line ends of Unicode, at which they cut lines; a space at an end, which they drop; the backslash, which careful
    /// readers refuse.
    package static func inPackage(_ path: [UInt8]) -> String {
        written(path) { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: false
            default: !["%", "$", "\\"].contains(scalar)
            }
        }
    }

    private static func written(_ path: [UInt8], isSafe: (Unicode.Scalar) -> Bool) -> String {
        let names = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let text = names.map { component(Array($0), isSafe) }.joined(separator: "/")
        return text.utf8.count <= longestPath ? text : "=-" + Digest.of(path, .sha256).hex
    }

    private static func component(_ name: [UInt8], _ isSafe: (Unicode.Scalar) -> Bool) -> String {
        let pieces = ForeignText.pieces(name)
        var forms: [String] = []
        var place = 0
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .byte(let byte):
                forms.append(form(of: [byte]))
                place += 1
            case .text(let scalar):
                let bytes = Array(String(scalar).utf8)
                let isLast = index == pieces.count - 1
                let isPlain =
                    isSafe(scalar) && !(isLast && scalar.properties.isWhitespace)
                    && !(scalar == "=" && isTaken(name[(place + 1)...]))
                forms.append(isPlain ? String(scalar) : form(of: bytes))
                place += bytes.count
            }
        }
        let text = forms.joined()
        return text.utf8.count <= longestName ? text : cut(forms, name)
    }

    /// Whether what stands behind an equals sign would make a form of it.
    private static func isTaken(_ rest: ArraySlice<UInt8>) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF) }
        guard let first = rest.first else { return false }
        return first == UInt8(ascii: "-") || rest.count >= 2 && rest.prefix(2).allSatisfy(isDigit)
    }

    private static func form(of bytes: [UInt8]) -> String {
        bytes.map { "=" + HexadecimalText.of([$0]).uppercased() }.joined()
    }

    /// The beginning of a name, its digest, and its ending where it has a short one.
    private static func cut(_ forms: [String], _ name: [UInt8]) -> String {
        var head = ""
        for form in forms {
            guard head.utf8.count + form.utf8.count <= 150 else { break }
            head += form
        }
        var ending = ""
        if let point = forms.lastIndex(of: "."), point > 0 {
            let candidate = forms[point...].joined()
            if candidate.utf8.count <= 12, candidate.utf8.dropFirst().allSatisfy({ $0.isLetterOrDigit }) {
                ending = candidate
            }
        }
        return head + "=-" + Digest.of(name, .sha256).hex + ending
    }
}

extension UInt8 {
    /// Whether the byte is a letter or digit of ASCII.
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF)
    }
}

extension RecordFile {
    /// A file of a version, under the form of its name that the store has.
    init(named name: [UInt8], size: Int, sha512: String) {
        let form = WrittenName.inStore(name)
        self.init(
            path: "files/" + (form ?? String(decoding: name, as: UTF8.self)),
            size: size,
            sha512: sha512,
            nameBytes: form == nil ? nil : name
        )
    }

    /// The name as received, as bytes; nil where `nameBytes` and the path do not belong together.
    var trueName: [UInt8]? {
        guard nameBytes != nil else { return Array(name.utf8) }
        guard let bytes = receivedName, let form = WrittenName.inStore(bytes), ExactText(form) == ExactText(name) else {
            return nil
        }
        return bytes
    }
}
