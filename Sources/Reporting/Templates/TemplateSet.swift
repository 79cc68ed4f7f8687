import FileSafety
import OfficeFiles
package import SystemPackage

/// The templates that papers are printed by: those that Berkas brings, and over them those of the office.
///
/// A paper asks for the template of its kind (`berita-acara-pemusnahan`), then for that of its family (`berita-acara`).
/// Templates take others in by `{{>name}}`.
package struct TemplateSet: Hashable, Sendable {
    /// How the name of a template's file ends.
    package static let suffix = ".mustache"
    /// How many templates may stand one inside the other.
    private static let depthLimit = 8
    /// How often a page takes a template in, all in all.
    private static let visitLimit = 200

    private var sources: [String: TemplateSource]

    /// The files that a new home gets in its folder `templates`.
    package static let defaultFiles: [(name: String, content: [UInt8])] = [
        ("berita-acara.mustache", PackageResources.berita_acara_mustache),
        ("daftar.mustache", PackageResources.daftar_mustache),
        ("gaya.mustache", PackageResources.gaya_mustache),
        ("kop.mustache", PackageResources.kop_mustache),
        ("label.mustache", PackageResources.label_mustache),
        ("qr.mustache", PackageResources.qr_mustache),
        ("sampul.mustache", PackageResources.sampul_mustache),
        ("tabel.mustache", PackageResources.tabel_mustache),
        ("tanda-tangan.mustache", PackageResources.tanda_tangan_mustache),
        ("titik-periksa.mustache", PackageResources.titik_periksa_mustache),
    ]

    /// The templates that Berkas brings.
    package static let builtIn: TemplateSet = {
        var set = TemplateSet(sources: [:])
        for (file, content) in defaultFiles {
            let name = String(decoding: file.utf8.dropLast(suffix.utf8.count), as: UTF8.self)
            set.put(TemplateSource(name: name, file: file, text: String(decoding: content, as: UTF8.self)))
        }
        return set
    }()

    private init(sources: [String: TemplateSource]) { self.sources = sources }

    /// The templates of a folder, over those that Berkas brings; a folder that is not there has none.
    ///
    /// - Throws: `FileSafetyError` where a file cannot be read or is too long, `OfficeFileError` where it is no text.
    package static func reading(_ folder: FilePath) throws -> TemplateSet {
        var set = builtIn
        guard FileStatus.exists(folder) else { return set }
        for entry in try FolderEntries(of: folder) where entry.kind == .file {
            let name = entry.name.shown
            let end = suffix.utf8.count
            guard name.utf8.count > end, name.utf8.suffix(end).elementsEqual(suffix.utf8) else { continue }
            let file = folder.appending(entry.name)
            let content = try TextEncoding.utf8(
                try OpenFile.content(of: file, limit: TemplateSource.limit),
                of: file
            )
            set.put(
                TemplateSource(
                    name: String(decoding: name.utf8.dropLast(suffix.utf8.count), as: UTF8.self),
                    file: file.string,
                    text: String(decoding: content, as: UTF8.self)
                )
            )
        }
        return set
    }

    /// Puts a template in, in the place of another of its name.
    package mutating func put(_ source: TemplateSource) { sources[source.name] = source }

    /// The template of a name.
    package subscript(name: String) -> TemplateSource? { sources[name] }

    /// The template for a kind of paper.
    package func source(for kind: PaperKind) throws(ReportingError) -> TemplateSource {
        if let source = sources[kind.rawValue] ?? sources[kind.family.rawValue] { return source }
        throw ReportingError(
            .template,
            message: "there is no template '\(kind.rawValue)' and none '\(kind.family.rawValue)'",
            remedy: "run 'berkas init' in a new folder, and copy its templates"
        )
    }

    /// A template with all those that it takes in, each checked; the template itself comes first.
    ///
    /// - Parameters:
    ///   - source: the template.
    ///   - names: the names that the paper has.
    /// - Returns: the template and those that it takes in, each once.
    /// - Throws: `ReportingError`, code `template`, with file and line.
    func closure(of source: TemplateSource, names: Set<String>) throws(ReportingError) -> [TemplateSource] {
        var found = [source]
        var visits = 0
        try gather(from: source, above: [source.name], names: names, visits: &visits, found: &found)
        return found
    }

    private func gather(
        from source: TemplateSource,
        above: [String],
        names: Set<String>,
        visits: inout Int,
        found: inout [TemplateSource]
    ) throws(ReportingError) {
        for tag in try TemplateTags.all(of: source) {
            switch tag.kind {
            case .value, .section, .inverted:
                if names.contains(tag.name) { continue }
                throw source.fault(
                    line: tag.line,
                    "this paper has no '\(tag.name)'",
                    "use one of: \(names.sorted().joined(separator: ", "))"
                )
            case .partial:
                guard let next = sources[tag.name] else {
                    throw source.fault(
                        line: tag.line,
                        "there is no template '\(tag.name)'",
                        "use one of: \(sources.keys.sorted().joined(separator: ", "))"
                    )
                }
                guard !above.contains(tag.name), above.count < Self.depthLimit else {
                    throw source.fault(
                        line: tag.line,
                        "'\(tag.name)' takes itself in, or stands more than \(Self.depthLimit) deep",
                        "take it out here"
                    )
                }
                visits += 1
                guard visits <= Self.visitLimit else {
                    throw source.fault(
                        line: tag.line,
                        "templates are taken in more than \(Self.visitLimit) times",
                        "take fewer in"
                    )
                }
                if !found.contains(where: { $0.name.utf8.elementsEqual(next.name.utf8) }) { found.append(next) }
                try gather(from: next, above: above + [next.name], names: names, visits: &visits, found: &found)
            case .end, .comment: break
            }
        }
    }
}
