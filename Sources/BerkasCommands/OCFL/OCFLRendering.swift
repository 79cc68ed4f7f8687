import OCFLStore
import RecordsModel

extension OCFLFinding {
    /// One line: code, where, what was found, what was expected, which section.
    var line: String {
        let place = [object == "." ? nil : object, version, path].compactMap(\.self).map(\.displayed)
        let subject = place.isEmpty ? "" : " " + place.joined(separator: " ")
        let words = "found \(found.displayed.abbreviated); expected \(expected.displayed.abbreviated)"
        return "\(severity.rawValue) \(code.rawValue)\(subject): \(words) [\(section)]"
    }

    /// The JSON object of kind `ocfl-finding`, as one line.
    var json: String {
        JSONLine.of([
            "code": .string(code.rawValue), "expected": .string(expected), "found": .string(found),
            "kind": .string("ocfl-finding"), "link": .string(link), "object": object.map { .string($0) } ?? .null,
            "path": path.map { .string($0) } ?? .null, "section": .string(section),
            "severity": .string(severity.rawValue), "version": version.map { .string($0) } ?? .null,
        ])
    }
}

extension OCFLUnread {
    /// The JSON object of kind `unread`, as one line.
    var json: String {
        JSONLine.of([
            "kind": .string("unread"), "object": object.map { .string($0) } ?? .null,
            "path": path.map { .string($0) } ?? .null, "reason": .string(reason),
        ])
    }
}

extension OCFLSummary {
    /// What came of it, for a person.
    var line: String {
        let verdict = errors > 0 ? "invalid" : unread.isEmpty ? "valid" : "not looked at whole"
        var parts = ["\(subject.rawValue)\(specification.map { " of OCFL \($0.rawValue)" } ?? "")"]
        if subject == .storageRoot {
            parts.append(
                "\(Count.text(objects, "object")), \(validObjects == objects ? "all" : "\(validObjects)") valid"
            )
        }
        if subject != .inventory { parts.append(Count.text(files, "content file")) }
        parts.append("\(Size.text(bytes)) read")
        parts.append("\(Count.text(errors, "error")), \(Count.text(warnings, "warning"))")
        if notes > 0 { parts.append(Count.text(notes, "note")) }
        if !unread.isEmpty { parts.append("\(unread.count) not readable") }
        return "\(verdict): " + parts.joined(separator: ", ")
    }

    /// The JSON object of kind `summary`.
    var object: [String: JSONValue] {
        [
            "bytes": .integer(bytes), "errors": .integer(errors), "files": .integer(files), "kind": .string("summary"),
            "notes": .integer(notes), "objects": .integer(objects),
            "specification": specification.map { .string($0.rawValue) } ?? .null,
            "subject": .string(subject.rawValue), "unread": .integer(unread.count), "valid": .boolean(isValid),
            "validObjects": .integer(validObjects), "warnings": .integer(warnings),
        ]
    }
}

/// JSON objects as lines.
private enum JSONLine {
    static func of(_ object: [String: JSONValue]) -> String {
        (try? CanonicalJSON.line(object)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension String {
    /// The text with each digest cut to its first 16 digits: a person compares no more.
    fileprivate var abbreviated: String {
        guard utf8.count > 64 else { return self }
        return replacing(/[0-9a-fA-F]{40,}/) { "\($0.output.prefix(16))…" }
    }
}
