private import Mustache

/// Writes a paper as one page of HTML that stands alone, through the office's Mustache templates.
///
/// Nothing on the page is fetched from anywhere and nothing runs: every value is escaped, and templates that would let one
/// out unescaped are refused. The same paper and templates give the same bytes.
package struct HTMLRenderer: Sendable {
    /// The templates.
    package let templates: TemplateSet

    /// A renderer with templates of the office, or with those that Berkas brings.
    package init(templates: TemplateSet = .builtIn) { self.templates = templates }

    /// The page by the template for the paper's kind.
    ///
    /// - Throws: `ReportingError`, code `template`, with file and line.
    package func page(of paper: Paper) throws(ReportingError) -> String {
        try page(of: paper, by: templates.source(for: paper.kind))
    }

    /// The page by another template, which may take in those of the set.
    ///
    /// - Throws: `ReportingError`, code `template`, with file and line.
    package func page(of paper: Paper, by source: TemplateSource) throws(ReportingError) -> String {
        let names = PageValues.names.union(paper.facts.map { "isian." + $0.key })
        let sources = try templates.closure(of: source, names: names)
        var library = MustacheLibrary()
        for source in sources.dropFirst() { library.register(try Self.parsed(source), named: source.name) }
        return try Self.parsed(source).render(PageValues.values(of: paper), library: library)
    }

    /// The name under which the escaping of this file is known to Mustache.
    private static let escaping: String = {
        MustacheContentTypes.register(PageEscaping(), named: "BERKAS")
        return "BERKAS"
    }()

    private static func parsed(_ source: TemplateSource) throws(ReportingError) -> MustacheTemplate {
        do {
            // The line in front makes every value of this template escaped by `PageEscaping`.
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(escaping)}}\n" + source.text)
        } catch let error as MustacheTemplate.ParserError {
            throw source.fault(
                line: max(1, error.context.lineNumber - 1),
                "Mustache cannot read it: \(error.error)",
                "correct the tag near '\(PaperText.printable(String(error.context.line.prefix(60))))'"
            )
        } catch {
            throw source.fault(line: 1, "Mustache cannot read it: \(error)", "correct the template")
        }
    }
}

/// Values of templates, escaped.
private struct PageEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String { HTMLText.escaped(text) }
}
