/// What `bag-info.txt` says of a bag: labels with values, in order.
///
/// RFC 8493, section 2.2.2: <https://www.rfc-editor.org/rfc/rfc8493.html#section-2.2.2>. A label may stand more than once.
/// `Payload-Oxum` is not given: the writer counts it.
package struct BagInfo: Sendable, ExpressibleByDictionaryLiteral {
    /// The labels with their values, in the order in which they are written.
    package let fields: [(label: String, value: String)]

    /// Labels with their values.
    package init(_ fields: [(label: String, value: String)]) { self.fields = fields }

    /// Labels with their values, as in `["Source-Organization": "Kantor", "Bagging-Date": "2026-11-23"]`.
    package init(dictionaryLiteral fields: (String, String)...) {
        self.init(fields.map { (label: $0.0, value: $0.1) })
    }

    /// What cannot be written so that a reader finds the same again.
    ///
    /// A value is never folded over lines: readers disagree on what a fold stands for. One with a line break is refused.
    var problems: [String] {
        fields.flatMap { field in
            [Self.problem(ofLabel: field.label), Self.problem(ofValue: field.value)].compactMap { problem in
                problem.map { "bag-info label \(field.label.quoted): \($0)" }
            }
        }
    }

    /// The file, with the sum of the payload as its last line.
    func text(payloadOxum: String) -> String {
        fields.map { "\($0.label): \($0.value)\n" }.joined() + "Payload-Oxum: \(payloadOxum)\n"
    }

    private static func problem(ofLabel label: String) -> String? {
        let bytes = Array(label.utf8)
        guard let first = bytes.first, let last = bytes.last else { return "it is empty" }
        let space: [UInt8] = [0x20, 0x09]
        if space.contains(first) || space.contains(last) { return "it begins or ends with a space" }
        if bytes.contains(UInt8(ascii: ":")) { return "it has a colon in it" }
        if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "it has a control character in it" }
        if label.lowercased() == "payload-oxum" { return "the writer counts it itself" }
        return nil
    }

    private static func problem(ofValue value: String) -> String? {
        value.utf8.contains { [0x00, 0x0A, 0x0D].contains($0) } ? "its value has a line break or NUL in it" : nil
    }
}
