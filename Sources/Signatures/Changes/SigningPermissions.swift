/// What the signatures of a revision permit to those that come after it (ISO 32000-2, 12.8.2).
struct SigningPermissions {
    /// The DocMDP level: 1 nothing, 2 forms and signatures, 3 annotations too; nil where no signature certifies.
    var level: Int?
    /// The locks on fields.
    var locks: [FieldLock] = []

    /// Whether further signatures may come, and fields be filled.
    var allowsForms: Bool { level != 1 }
    /// Whether annotations may come, go and change.
    var allowsAnnotations: Bool { level == 3 }

    /// Whether a field may not be changed.
    func locks(_ name: String) -> Bool { locks.contains { $0.covers(name) } }

    /// Which fields a signature locks (ISO 32000-2, tables 236 and 259).
    struct FieldLock {
        /// How the names are meant.
        let action: Action
        /// Full names of fields; one names all below it too.
        let names: [String]

        /// How names are meant.
        enum Action: Hashable {
            /// Every field is locked.
            case all
            /// Those named are.
            case include
            /// Those not named are.
            case exclude
        }

        /// Reads a dictionary with `Action` and `Fields`; an unknown action locks everything.
        init(_ entries: PDFDictionary, in file: PDFFile) throws(PDFReadingError) {
            switch try file.resolve(entries["Action"]).name {
            case "Include": action = .include
            case "Exclude": action = .exclude
            default: action = .all
            }
            var names: [String] = []
            for item in try file.array(entries["Fields"]) {
                if let bytes = try file.resolve(item).string { names.append(PDFText.decoded(bytes)) }
            }
            self.names = names
        }

        /// Whether a field is locked.
        func covers(_ name: String) -> Bool {
            let bytes = Array(name.utf8)
            let isNamed = names.contains { other in
                let prefix = Array(other.utf8)
                return bytes.starts(with: prefix)
                    && (bytes.count == prefix.count || bytes[prefix.count] == UInt8(ascii: "."))
            }
            switch action {
            case .all: return true
            case .include: return isNamed
            case .exclude: return !isNamed
            }
        }
    }

    /// What all signatures of a revision permit together: the strictest level, and every lock.
    static func of(_ fields: [SignatureField], in file: PDFFile) throws(PDFReadingError) -> SigningPermissions {
        var result = SigningPermissions()
        // A certifying signature that no field holds certifies all the same.
        let granted = try file.dictionary(try file.catalogue()["Perms"])
        if let value = try file.dictionary(granted?["DocMDP"]) {
            result.restrict(to: try level(of: value, in: file) ?? 2)
        }
        for field in fields {
            guard let value = field.value else { continue }
            if let level = try level(of: value, in: file) { result.restrict(to: level) }
            for parameters in try transforms("FieldMDP", of: value, in: file) {
                result.locks.append(try FieldLock(parameters, in: file))
            }
            guard let lock = try file.dictionary(field.entries["Lock"]) else { continue }
            result.locks.append(try FieldLock(lock, in: file))
            if let level = try file.resolve(lock["P"]).integer {
                result.restrict(to: (1...3).contains(level) ? level : 1)
            }
        }
        return result
    }

    /// The DocMDP level of a signature, 1 to 3; nil where it does not certify.
    ///
    /// An unknown level counts as the strictest.
    static func level(of value: PDFDictionary, in file: PDFFile) throws(PDFReadingError) -> Int? {
        var result: Int?
        for parameters in try transforms("DocMDP", of: value, in: file) {
            let written = try file.resolve(parameters["P"])
            let level = written == .null ? 2 : written.integer.map { (1...3).contains($0) ? $0 : 1 } ?? 1
            result = min(result ?? 3, level)
        }
        return result
    }

    private static func transforms(
        _ method: PDFName,
        of value: PDFDictionary,
        in file: PDFFile
    ) throws(PDFReadingError) -> [PDFDictionary] {
        var found: [PDFDictionary] = []
        for item in try file.array(value["Reference"]) {
            guard let entries = try file.dictionary(item), try file.resolve(entries["TransformMethod"]).name == method
            else { continue }
            found.append(try file.dictionary(entries["TransformParams"]) ?? [:])
        }
        return found
    }

    private mutating func restrict(to level: Int) { self.level = min(self.level ?? 3, level) }
}
