/// One template: a Mustache text under a name.
package struct TemplateSource: Hashable, Sendable {
    /// The longest template, in bytes.
    package static let limit = 1 << 20

    /// The name, that of its file without `.mustache`.
    package let name: String
    /// The file as an error should call it.
    package let file: String
    /// The text.
    package let text: String

    /// A template out of its parts.
    package init(name: String, file: String, text: String) {
        self.name = name
        self.file = file
        self.text = text
    }

    /// What is wrong with the template, with the line.
    func fault(line: Int, _ message: String, _ remedy: String) -> ReportingError {
        ReportingError(.template, message: "template '\(file)', line \(line): \(message)", remedy: remedy)
    }
}
