import Foundation
import RecordsModel
import SystemPackage

/// Why what an interrupted command left is not carried out: what in it, and the reason.
struct IntentFault: Error, Equatable {
    /// Where: a place in the intent, such as `removals[0].contents[1]`, or a file of the work folder.
    let place: String
    /// The value that stands there, where it is one; never shown raw.
    let value: String?
    /// What is wrong with it.
    let reason: String

    init(at place: String, _ value: String?, _ reason: String) {
        self.place = place
        self.value = value
        self.reason = reason
    }

    init(at place: String, _ reason: String) { self.init(at: place, nil, reason) }

    /// What a person is told.
    func error(_ home: Home) -> OperationError {
        let shown = value.map { value in
            let text = value.displayed
            return " '\(text.utf8.count > 200 ? text.prefix(160) + "…" : text[...])'"
        }
        return OperationError(
            .untrusted,
            message: "what an interrupted command left in '\(home.work.string)' is not carried out: "
                + "\(place.displayed)\(shown ?? "") \(reason.displayed); nothing was touched",
            remedy: "run 'berkas repair --dry-run' to see how it is put aside; nothing in it was ever told as kept"
        )
    }
}

extension Intent {
    /// The largest intent that is read: that of a thousand records takes less than a megabyte.
    static let most = 256 << 20

    /// Reads an intent of this version or the one before; every name in it is one that this program gives.
    ///
    /// - Throws: `IntentFault` for anything else that it says.
    init(reading bytes: [UInt8]) throws(IntentFault) {
        guard let value = try? CanonicalJSON.decode(JSONValue.self, from: Data(bytes)) else {
            throw IntentFault(at: "'intent.json'", "is no JSON")
        }
        let root = try IntentPart(value, at: "")
        let format = try root.number("format", in: 1...2)
        let isFirst = format == 1
        try root.requireOnly(
            ["format", "ledger", "objects", "packages"],
            and: ["removals", "closesLog"],
            orLess: isFirst
        )
        ledger = try LedgerEnd(reading: root.part("ledger"))
        objects = try root.parts("objects") { part throws(IntentFault) in
            try ObjectInstall(reading: part, isFirst: isFirst)
        }
        packages = try root.parts("packages") { part throws(IntentFault) in
            try part.requireOnly(["name"])
            return PackageInstall(name: try part.packageName("name"))
        }
        removals =
            try root.has("removals")
            ? root.parts("removals") { part throws(IntentFault) in try Removal(reading: part) } : []
        closesLog = try root.has("closesLog") ? root.boolean("closesLog") : false
        try requireDifferent()
    }

    /// Each thing is done once.
    private func requireDifferent() throws(IntentFault) {
        var seen: Set<String> = []
        let said =
            objects.map { ("objects", "\($0.number)") }
            + (objects.map(\.id) + removals.map(\.object)).map { ("id", $0) }
            + packages.map { ("packages", $0.name) }
            + removals.flatMap { $0.packages + $0.contents }.map { ("removals", $0) }
        for (place, value) in said where !seen.insert("\(place)/\(value)").inserted {
            // A package, or a content, may belong to several records that go together.
            if place == "removals" { continue }
            throw IntentFault(at: place, value, "is named twice")
        }
    }
}

extension Intent.LedgerEnd {
    fileprivate init(reading part: IntentPart) throws(IntentFault) {
        try part.requireOnly(["bytes", "events", "frontier", "origin"])
        let text = try part.text("frontier")
        guard let frontier = Data(base64Encoded: text), frontier.base64EncodedString() == text else {
            throw part.fault("frontier", text, "is no base64")
        }
        self.init(
            origin: try part.text("origin"),
            bytes: try part.number("bytes", in: 0...(1 << 50)),
            events: try part.number("events", in: 0...(1 << 40)),
            frontier: frontier
        )
        guard end != nil else {
            throw part.fault("frontier", text, "has not the length that belongs to 'ledger.events'")
        }
    }
}

extension Intent.ObjectInstall {
    fileprivate init(reading part: IntentPart, isFirst: Bool) throws(IntentFault) {
        try part.requireOnly(["id", "isNew", isFirst ? "staged" : "number", "versions"])
        if isFirst {
            let staged = try part.text("staged")
            let digits = staged.behind("objects/") ?? ""
            guard let number = Int(digits), number >= 0, "\(number)".utf8.elementsEqual(digits.utf8) else {
                throw part.fault("staged", staged, "is no staged object's folder")
            }
            self.number = number
        } else {
            number = try part.number("number", in: 0...Int(Int32.max))
        }
        id = try part.text("id")
        isNew = try part.boolean("isNew")
        versions = try part.numbers("versions", in: 1...Int(Int32.max))
        guard let first = versions.first, zip(versions, first...).allSatisfy(==), isNew == (first == 1) else {
            throw part.fault(
                "versions",
                versions.map { "\($0)" }.joined(separator: " "),
                "are not the next ones in a row"
            )
        }
    }
}

extension Intent.Removal {
    fileprivate init(reading part: IntentPart) throws(IntentFault) {
        try part.requireOnly(["contents", "object", "packages"])
        object = try part.text("object")
        packages = try part.names("packages", IntentPart.isPackageName, "is no name of a package")
        contents = try part.names(
            "contents",
            \.isSHA512,
            "is no SHA-512, which has 128 lower-case hexadecimal digits"
        )
    }
}

/// An object of the intent with its place, so that each fault can say where it is.
private struct IntentPart {
    let place: String
    private let members: [String: JSONValue]

    init(_ value: JSONValue, at place: String) throws(IntentFault) {
        guard case .object(let members) = value else {
            throw IntentFault(at: place.isEmpty ? "'intent.json'" : place, "is no object with names")
        }
        self.place = place
        self.members = members
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    func fault(_ name: String, _ value: String?, _ reason: String) -> IntentFault {
        IntentFault(at: place.isEmpty ? name : "\(place).\(name)", value, reason)
    }

    func fault(_ name: String, _ reason: String) -> IntentFault { fault(name, nil, reason) }

    /// Stops where a name is missing, or where one is there that nothing of ours has.
    func requireOnly(_ names: [String], and further: [String] = [], orLess: Bool = false) throws(IntentFault) {
        for name in members.keys.sorted() where !names.contains(name) && !further.contains(name) {
            throw fault(name, "is nothing that this program writes there")
        }
        for name in names + (orLess ? [] : further) where members[name] == nil { throw fault(name, "is missing") }
    }

    func text(_ name: String) throws(IntentFault) -> String {
        guard let text = members[name]?.text else { throw fault(name, shown(name), "is no text") }
        return text
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(IntentFault) -> Int {
        guard let number = members[name]?.number, range.contains(number) else {
            throw fault(name, shown(name), "is no number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func boolean(_ name: String) throws(IntentFault) -> Bool {
        guard case .boolean(let value)? = members[name] else { throw fault(name, shown(name), "is not true or false") }
        return value
    }

    func part(_ name: String) throws(IntentFault) -> IntentPart {
        try IntentPart(members[name] ?? .null, at: place.isEmpty ? name : "\(place).\(name)")
    }

    private func list(_ name: String) throws(IntentFault) -> [JSONValue] {
        guard let list = members[name]?.list else { throw fault(name, shown(name), "is no list") }
        return list
    }

    func parts<Value>(_ name: String, _ read: (IntentPart) throws(IntentFault) -> Value) throws(IntentFault) -> [Value]
    {
        var values: [Value] = []
        for (index, value) in try list(name).enumerated() {
            values.append(try read(IntentPart(value, at: fault("\(name)[\(index)]", "").place)))
        }
        return values
    }

    func numbers(_ name: String, in range: ClosedRange<Int>) throws(IntentFault) -> [Int] {
        var numbers: [Int] = []
        for (index, value) in try list(name).enumerated() {
            guard let number = value.number, range.contains(number) else {
                throw fault("\(name)[\(index)]", Self.shown(value), "is no number from \(range.lowerBound)")
            }
            numbers.append(number)
        }
        return numbers
    }

    func names(_ name: String, _ isOurs: (String) -> Bool, _ reason: String) throws(IntentFault) -> [String] {
        var names: [String] = []
        for (index, value) in try list(name).enumerated() {
            guard let text = value.text, isOurs(text) else {
                throw fault("\(name)[\(index)]", Self.shown(value), reason)
            }
            names.append(text)
        }
        return names
    }

    func packageName(_ name: String) throws(IntentFault) -> String {
        let text = try text(name)
        guard Self.isPackageName(text) else { throw fault(name, text, "is no name of a package") }
        return text
    }

    /// Whether a text can be the name of a package: one name, with the ending of a container.
    static func isPackageName(_ text: String) -> Bool {
        let bytes = text.utf8
        // Its digest lies beside it under a name that is seven bytes longer.
        guard (1...248).contains(bytes.count), !bytes.contains(UInt8(ascii: "/")), !bytes.contains(0) else {
            return false
        }
        let lowered = text.lowercased()
        return [".tar", ".tar.gz", ".tar.zst", ".zip"].contains { lowered.hasSuffix($0) }
    }

    private func shown(_ name: String) -> String? { members[name].map(Self.shown) }

    private static func shown(_ value: JSONValue) -> String {
        value.text ?? (try? String(decoding: CanonicalJSON.line(value), as: UTF8.self)) ?? ""
    }
}
