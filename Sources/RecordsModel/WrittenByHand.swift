import Foundation
package import JSONWriting

/// A value that writes its JSON itself, in the bytes that `JSONEncoder` makes of it with sorted keys.
package protocol WrittenByHand: Encodable {
    /// Writes the value, its members in the order of their names.
    ///
    /// - Throws: `EncodingError` for a number that JSON cannot hold.
    func write(to writer: inout JSONWriter) throws
}

extension JSONValue: WrittenByHand {
    /// Writes the value, in the bytes that `JSONEncoder` makes of it.
    package func write(to writer: inout JSONWriter) throws {
        switch self {
        case .string(let text): writer.text(text)
        case .integer(let number): writer.literal(String(number))
        case .decimal(let number): writer.literal(String(decoding: try JSONEncoder().encode(number), as: UTF8.self))
        case .boolean(let truth): writer.literal(truth ? "true" : "false")
        case .null: writer.literal("null")
        case .array(let elements):
            try writer.array(isEmpty: elements.isEmpty) { writer in
                for (index, element) in elements.enumerated() {
                    writer.element(first: index == 0)
                    try element.write(to: &writer)
                }
            }
        case .object(let members): try Self.write(members, to: &writer)
        }
    }

    /// Writes an object of these members.
    fileprivate static func write(_ members: [String: JSONValue], to writer: inout JSONWriter) throws {
        try writer.object(isEmpty: members.isEmpty) { writer in
            for (index, (name, value)) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                writer.key(name, first: index == 0)
                try value.write(to: &writer)
            }
        }
    }
}

extension Event: WrittenByHand {
    /// Writes the value, in the bytes that `JSONEncoder` makes of it.
    package func write(to writer: inout JSONWriter) throws {
        try writer.object { writer in
            if let account { writer.member("account", account, first: true) }
            writer.member("actor", actor, first: account == nil)
            writer.key("detail", first: false)
            try JSONValue.write(detail, to: &writer)
            writer.member("event", event.rawValue)
            if let host { writer.member("host", host) }
            if let record { writer.member("record", record) }
            writer.number("seq", seq)
            if let signature {
                writer.key("signature", first: false)
                signature.write(to: &writer)
            }
            writer.member("time", time.description)
            if let uid { writer.number("uid", uid) }
            if let version { writer.number("version", version) }
        }
    }
}

extension RecordDocument: WrittenByHand {
    /// Writes the value, in the bytes that `JSONEncoder` makes of it.
    package func write(to writer: inout JSONWriter) throws {
        try writer.object { writer in
            writer.key("description", first: true)
            description.write(to: &writer)
            writer.member("dossier", dossier)
            writer.key("files", first: false)
            writer.array(isEmpty: files.isEmpty) { writer in
                for (index, file) in files.enumerated() {
                    writer.element(first: index == 0)
                    file.write(to: &writer)
                }
            }
            writer.member("id", id)
            writer.member("received", received.description)
            writer.member("receivedBy", receivedBy)
            writer.member("schema", schema)
            if let signatures {
                writer.key("signatures", first: false)
                try writer.array(isEmpty: signatures.isEmpty) { writer in
                    for (index, found) in signatures.enumerated() {
                        writer.element(first: index == 0)
                        try found.write(to: &writer)
                    }
                }
            }
            writer.key("source", first: false)
            source.write(to: &writer)
            writer.number("version", version)
        }
    }
}

extension RecordDescription {
    fileprivate func write(to writer: inout JSONWriter) {
        let texts: [(String, String?)] = [
            ("access", access), ("classification", classification), ("date", date?.description), ("label", label),
            ("location", location), ("note", note), ("number", number), ("signature", signature?.rawValue),
            ("signer", signer),
        ]
        writer.object { writer in
            var isFirst = true
            for case (let name, let text?) in texts {
                writer.member(name, text, first: isFirst)
                isFirst = false
            }
            writer.number("step", step, first: isFirst)
            writer.member("title", title)
            writer.member("type", type)
            writer.member("unit", unit)
            writer.number("year", year)
        }
    }
}

extension RecordFile {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            if let nameBytes { writer.member("nameBytes", nameBytes, first: true) }
            writer.member("path", path, first: nameBytes == nil)
            writer.member("sha512", sha512)
            writer.number("size", size)
        }
    }
}

extension RecordSignatures {
    fileprivate func write(to writer: inout JSONWriter) throws {
        try writer.object { writer in
            writer.member("file", file, first: true)
            writer.key("report", first: false)
            try report.write(to: &writer)
        }
    }
}

extension RecordSource {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.number("modified", modified, first: true)
            writer.member("path", path)
            if let pathBytes { writer.member("pathBytes", pathBytes) }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func number(_ name: String, _ value: Int, first: Bool = false) {
        key(name, first: first)
        literal(String(value))
    }
}
