import Foundation
import Intake
import OfficeFiles
import RecordsModel
import SystemPackage
import TestSupport

/// The policy of the checkout, and batches made in the test's folder.
enum Samples {
    /// What the sample office has laid down.
    static func policy() throws -> IntakePolicy {
        let home = Checkout.root.appending("Archive")
        let folder = home.appending("policy")
        let access = try PolicyFiles.table(folder.appending("access.csv"), columns: ["level"])
        let codes = try PolicyFiles.table(folder.appending("classification.csv"), columns: ["code"])
        return IntakePolicy(
            procedure: try PolicyFiles.procedure(folder.appending("sop-rkt.yaml")),
            settings: try PolicyFiles.settings(home.appending("berkas.yaml")),
            accessLevels: access.compactMap { $0["level"] },
            classificationCodes: Set(codes.compactMap { $0["code"] })
        )
    }

    /// Writes a manifest and the files named, each with its own name as its content, and opens the batch.
    static func batch(_ manifest: String, files: [String] = ["a.pdf", "b.pdf", "c.pdf"]) throws -> Batch {
        for file in files { _ = try Scratch.file("batch/" + file, file.utf8) }
        return try Batch.open(try Scratch.file("batch/intake.csv", manifest.utf8))
    }

    /// Surveys a batch against an archive that holds nothing yet.
    static func survey(_ batch: Batch, kept: [String: KeptType] = [:]) throws -> BatchSurvey {
        try batch.survey(policy: try policy()) { kept[$0.label.text] }
    }

    /// Surveys a manifest with the columns path, year, step and type, and `more`.
    static func survey(
        _ rows: [String],
        more: String = "",
        files: [String] = ["a.pdf", "b.pdf", "c.pdf"]
    ) throws -> BatchSurvey {
        let header = "path,year,step,type" + (more.isEmpty ? "" : "," + more)
        return try survey(try batch(([header] + rows).joined(separator: "\n") + "\n", files: files))
    }

    /// The rows that a survey lets pass.
    static func accepted(_ batch: Batch, _ survey: BatchSurvey) throws -> [IntakeRow] {
        var rows: [IntakeRow] = []
        batch.eachAccepted(survey, policy: try policy()) { rows.append($0) }
        return rows
    }
}

extension BatchSurvey {
    /// The faults as `row column`, `-` standing for what is not said.
    var places: [String] {
        faults.filter { $0.severity == .fault }.map(\.place)
    }

    /// The warnings, in the same form.
    var warnings: [String] {
        faults.filter { $0.severity == .warning }.map(\.place)
    }

    /// The messages of the faults and warnings, in one text.
    var messages: String { faults.map(\.message).joined(separator: "\n") }
}

extension Fault {
    /// The row and the column.
    var place: String { (row.map(String.init) ?? "-") + " " + (column ?? "-") }
}
