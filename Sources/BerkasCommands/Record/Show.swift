import Acts
import ArchiveHome
import ArgumentParser
import Catalogue
import Disposal
import Foundation
import Loans
import Operations
import RecordsModel
import Signatures
import TextExtraction

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all that is known of a record, with its versions.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("\(NamedRecord.help)", valueName: "id"))
    var records: [NamedRecord]

    func run() throws {
        let (reader, _) = try common.openReader()
        let procedure = try reader.home.procedure()
        var missing = 0
        for argument in records {
            do {
                try show(argument.reference(reader.catalogue, common), reader, procedure)
            } catch let error as OperationError where error.code == .noSuchRecord {
                missing += 1
                Terminal.error("berkas: \(Message.of(error))")
            }
        }
        Terminal.flush()
        try end(missing == 0 ? .done : missing == records.count ? .failed : .partly)
    }

    private func show(_ reference: RecordReference, _ reader: ArchiveReader, _ procedure: Procedure) throws {
        guard let json = try reader.catalogue.recordJSON(of: reference.id, dossier: procedure.id) else {
            throw OperationError.noSuchRecord(reference.id.description)
        }
        if let stone = try reader.catalogue.tombstone(of: reference.id) {
            try show(stone, json)
            return
        }
        let versions = try reader.catalogue.versions(of: reference.id)
        let wanted = reference.version ?? versions.last?.version ?? 1
        guard let shown = versions.first(where: { $0.version == wanted }) else {
            throw OperationError.noSuchVersion(wanted, of: reference.id)
        }
        if common.quiet { return }
        guard common.json else {
            let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(shown.document.utf8))
            Terminal.result(Self.text(document, procedure))
            if let loan = try reader.catalogue.loans(of: reference.id).loan(of: reference.id) {
                Terminal.result(LoanRendering.line(loan))
            }
            for version in versions.reversed() {
                let files = try reader.catalogue.readFiles(of: reference.id, version: version.version)
                Terminal.result(try Self.text(version, files))
            }
            return
        }
        Terminal.result(json)
        for version in versions where reference.version == nil || version.version == wanted {
            Terminal.result(
                "{\"document\":\(version.document),\"documentDigest\":\"\(version.documentDigest)\","
                    + "\"inventoryDigest\":\"\(version.inventoryDigest)\",\"kind\":\"version\","
                    + "\"record\":\"\(reference.id)\",\"version\":\(version.version)}"
            )
            let place = RecordReference(id: reference.id, version: version.version)
            for file in try reader.catalogue.readFiles(of: reference.id, version: version.version) {
                guard let reading = try file.outline() else { continue }
                let object = ReadingRendering.object(reading, file: file.name, of: place)
                Terminal.result(String(decoding: try CanonicalJSON.line(object), as: UTF8.self))
            }
        }
    }

    private func show(_ stone: Tombstone, _ json: String) throws {
        if common.quiet { return }
        guard common.json else {
            Terminal.result(Self.text(stone))
            return
        }
        Terminal.result(json)
        let object: [String: JSONValue] = [
            "kind": .string("tombstone"), "record": .string(stone.record.description),
            "tombstone": try JSONValue(encoding: stone),
        ]
        Terminal.result(String(decoding: try CanonicalJSON.line(object), as: UTF8.self))
    }

    private static func text(_ stone: Tombstone) -> String {
        let said = stone.versions.last?.description
        let rule = stone.rule
        let authority = stone.authority
        var lines = [
            "\(stone.record)  \((said?.title ?? "").displayed)", "  REMOVED: \(stone.sentence.displayed)",
            "  rule                      \(rule.row?.displayed ?? "no row in the schedule"), \(rule.action.rawValue)"
                + "\(rule.dueSince.map { ", due since \($0)" } ?? ""), schedule \(rule.scheduleVersion.prefix(12))…",
            "  authority                 \(authority.authority.name), \(authority.approvedBy.displayed), letter \(authority.letter)",
            "  witnesses                 \(authority.witnesses.map(\.displayed).joined(separator: ", "))",
            "  removed by                \(stone.removedBy.displayed) at \(stone.removedAt)",
            "  class (klasifikasi)       \(stone.code?.displayed ?? "-")",
            "  dossier (berkas)          \(stone.dossier.displayed)",
        ]
        for version in stone.versions.reversed() {
            lines.append("  v\(version.version)  received \(version.received) by \(version.receivedBy.displayed)")
            lines += version.files.map {
                "      \($0.shownName)  \(Size.text($0.size))  sha512 \($0.sha512.prefix(16))…"
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func text(_ document: RecordDocument, _ procedure: Procedure) -> String {
        let said = document.description
        let step = procedure.steps.first { $0.step == said.step }?.activity ?? ""
        let type = procedure.type(named: said.type)?.name ?? ""
        let fields: [(String, String?)] = [
            ("dossier (berkas)", document.dossier),
            ("year (tahun)", String(said.year)),
            ("step (langkah)", "\(said.step)  \(step)"),
            ("type (jenis)", "\(said.type)  \(type)"),
            ("unit", said.unit),
            ("number (nomor)", said.number),
            ("date (tanggal)", said.date?.description),
            ("signer (penandatangan)", said.signer),
            ("signature (tanda tangan)", said.signature?.rawValue),
            ("class (klasifikasi)", said.classification),
            ("access (akses)", said.access),
            ("paper lies (lokasi)", said.location),
            ("label", said.label),
            ("note (catatan)", said.note),
        ]
        let lines = fields.compactMap { name, value in value.map { "  " + name.padded(to: 26) + $0.displayed } }
        return (["\(document.id)  \(said.title.displayed)"] + lines).joined(separator: "\n")
    }

    private static func text(_ version: CatalogueDatabase.VersionRow, _ read: [ReadFile]) throws -> String {
        let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(version.document.utf8))
        let files = try document.files.flatMap { file -> [String] in
            let line = "      \(file.shownName)  \(Size.text(file.size))  sha512 \(file.sha512.prefix(16))…"
            guard let reading = try read.first(where: { $0.path.utf8.elementsEqual(file.path.utf8) })?.outline() else {
                return [line]
            }
            let findings = reading.toldFindings.map { finding in
                "        \(finding.severity.rawValue)\(finding.page.map { ", page \($0)" } ?? ""): \(finding.message.displayed)"
            }
            return [line, "        " + ReadingRendering.facts(reading)] + findings
        }
        let head = "  v\(version.version)  received \(document.received) by \(document.receivedBy.displayed)"
        return ([head] + files + (document.signatures ?? []).flatMap { signatures($0) }).joined(separator: "\n")
    }

    /// What was found out about a file's electronic signatures when it was received.
    private static func signatures(_ found: RecordSignatures) -> [String] {
        let category = found.report["category"]?.text ?? ""
        guard category != SignatureReport.Category.none.rawValue else { return [] }
        let name = (found.file.behind("files/") ?? found.file).displayed
        let head = "      electronic signature of \(name): \(category), looked at when it was received"
        return [head]
            + (found.report["signatures"]?.list ?? []).map { signature in
                let parts = ["verdict", "reason", "signer_cn", "proven_time"].compactMap {
                    signature[$0]?.text?.displayed
                }
                return "        " + parts.joined(separator: ", ")
            }
    }
}
