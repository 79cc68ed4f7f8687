/// One thing that is wrong, or worth knowing, in a storage root, an object or an inventory.
package struct OCFLFinding: Hashable, Sendable {
    /// How grave it is.
    package enum Severity: String, Hashable, Sendable {
        /// Against a MUST of the specification: invalid.
        case error
        /// Against a SHOULD.
        case warning
        /// Against nothing; something was left out of the check, and a person should know.
        case note
    }

    /// The code of the specification.
    package let code: OCFLCode
    /// How grave it is.
    package let severity: Severity
    /// The version of the specification whose rule it is.
    package let specification: OCFLVersion
    /// The object's path within the storage root, `.` where it was looked at alone; nil for the root itself.
    package let object: String?
    /// The version folder, where one version is concerned.
    package let version: String?
    /// The path within the object, or within the root; nil where the whole is concerned.
    package let path: String?
    /// What was found there, without a full stop.
    package let found: String
    /// What was expected, without a full stop.
    package let expected: String

    /// Which section, such as `OCFL 1.1, 3.5.1`.
    package var section: String { "OCFL \(specification.rawValue), \(code.section(in: specification))" }
    /// Where that is on the web.
    package var link: String { code.link(in: specification) }
}

/// Something that could not be looked at: no finding, since nobody knows what it is like.
package struct OCFLUnread: Hashable, Sendable {
    /// The object's path within the storage root; nil for the root itself.
    package let object: String?
    /// The path within the object, or within the root.
    package let path: String?
    /// Why, in words.
    package let reason: String
}

/// Where the parts of a validation put what they find.
final class FindingLog {
    /// What findings call the object; nil for the storage root.
    let object: String?
    /// The rules that hold, as far as they are known.
    var specification = OCFLVersion.v1_1
    private(set) var findings: [OCFLFinding] = []
    private(set) var unread: [OCFLUnread] = []
    private(set) var errors = 0
    private(set) var warnings = 0
    private let sink: ((OCFLFinding) -> Void)?

    /// A log that keeps findings, or hands each on at once.
    init(object: String?, sink: ((OCFLFinding) -> Void)? = nil) {
        self.object = object
        self.sink = sink
    }

    /// Enters a finding under the code that the rules in force have for it.
    func add(
        _ code: OCFLCode,
        object: String? = nil,
        version: String? = nil,
        path: String? = nil,
        found: String,
        expected: String,
        as severity: OCFLFinding.Severity? = nil,
        by specification: OCFLVersion? = nil
    ) {
        let rules = specification ?? self.specification
        let code = code.inForce(in: rules)
        add(
            OCFLFinding(
                code: code,
                severity: severity ?? (code.isWarning ? .warning : .error),
                specification: rules,
                object: object ?? self.object,
                version: version,
                path: path,
                found: found,
                expected: expected
            )
        )
    }

    /// Enters a finding that was made elsewhere.
    func add(_ finding: OCFLFinding) {
        switch finding.severity {
        case .error: errors += 1
        case .warning: warnings += 1
        case .note: break
        }
        if let sink { sink(finding) } else { findings.append(finding) }
    }

    /// Enters something that could not be looked at.
    func addUnread(path: String?, reason: String) {
        unread.append(OCFLUnread(object: object, path: path, reason: reason))
    }
}

/// Bytes of names and texts, for people.
enum Shown {
    /// The bytes as text; what is no UTF-8 as `\xNN`, so that two names never look the same.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let digits = Array("0123456789abcdef".unicodeScalars)
        var text = ""
        for byte in bytes {
            if (0x20..<0x7F).contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x"
                text.unicodeScalars.append(digits[Int(byte >> 4)])
                text.unicodeScalars.append(digits[Int(byte & 15)])
            }
        }
        return text
    }

    /// The same in quotation marks, cut where it is long.
    static func quoted(_ bytes: some Collection<UInt8>) -> String {
        bytes.count <= 300 ? "'\(text(bytes))'" : "'\(text(Array(bytes.prefix(300))))…' (\(bytes.count) bytes)"
    }
}
