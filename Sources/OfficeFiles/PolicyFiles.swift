import FileSafety
package import RecordsModel
import Synchronization
package import SystemPackage

/// Reads the files that the office edits: `berkas.yaml`, the procedure, and the small tables beside it.
package enum PolicyFiles {
    /// The largest policy file that is read, in bytes.
    package static let limit = 16 << 20

    /// Reads `berkas.yaml`.
    ///
    /// - Throws: `OfficeFileError`: `newer` for a format that this program does not know, `invalid` with the reason.
    package static func settings(_ file: FilePath) throws -> OfficeSettings {
        try settings(try OpenFile.content(of: file, limit: limit), from: file)
    }

    /// Reads settings out of their bytes, as `settings` reads those of a file.
    ///
    /// - Parameters:
    ///   - bytes: the settings.
    ///   - file: where they come from, for what is said about them.
    /// - Returns: the settings.
    /// - Throws: `OfficeFileError`, as for a file.
    package static func settings(_ bytes: [UInt8], from file: FilePath) throws -> OfficeSettings {
        let settings = try read(try TextEncoding.utf8(bytes, of: file), of: file) { value in
            let format = try value.required("format").integer
            guard format <= OfficeSettings.currentFormat else { throw NewerFormat(format: format) }
            return OfficeSettings(
                format: format,
                office: try value.required("office").text,
                idPrefix: try value.required("id-prefix").text,
                uriPrefix: try value.required("uri-prefix").text,
                timeZone: try value.required("time-zone").text,
                units: try value.value("units")?.texts ?? [],
                retention: try value.value("retention").map(counting) ?? RetentionCounting(),
                backups: try value.value("backups")?.texts ?? [],
                reminders: try value.value("reminders").map(reminders) ?? Reminders(),
                fileBudget: try value.value("file-budget").map(budget) ?? FileBudgetSettings(),
                strangers: try value.value("strangers").map(strangers) ?? .warn,
                abbreviations: try value.value("abbreviations").map(abbreviations) ?? Abbreviation.usual,
                firstYear: try value.value("first-year")?.integer ?? OfficeSettings.usualFirstYear,
                clockLeapDays: try value.value("clock-leap-days")?.integer ?? OfficeSettings.usualClockLeapDays,
                disposalWaitDays: try value.value("disposal-wait-days")?.integer
                    ?? OfficeSettings.usualDisposalWaitDays,
                signedActs: Set(try (value.value("signed-acts")?.texts ?? []).map(signedAct)),
                rehearsal: try value.value("rehearsal")?.text
            )
        }
        let waits = settings.reminders
        let counts = [waits.fixityDays, waits.packageDays, waits.retentionMonths, waits.witnessDays ?? 1]
        try require(counts.allSatisfy { (1...3660).contains($0) }, file, "'reminders' must be counts from 1 to 3660")
        try require(settings.fileBudget, file)
        let months = 1...12
        try require(months.contains(settings.retention.fiscalMonth), file, "'fiscal-month' must be 1 to 12")
        try require((1...9999).contains(settings.firstYear), file, "'first-year' must be a year from 1 to 9999")
        try require((1...3660).contains(settings.clockLeapDays), file, "'clock-leap-days' must be 1 to 3660")
        try require((0...366).contains(settings.disposalWaitDays), file, "'disposal-wait-days' must be 0 to 366")
        try require(settings.format >= 1, file, "'format' must be at least 1")
        try require(RecordID.isPrefix(settings.idPrefix), file, "'id-prefix' must be 1 to 16 of A to Z and 0 to 9")
        let uri = settings.uriPrefix
        let isURI = uri.hasPrefix("tag:") && uri.contains(",") && uri.utf8.allSatisfy { (33...126).contains($0) }
        try require(isURI, file, "'uri-prefix' must be a tag: URI such as \"tag:office.example,2026:\"")
        return settings
    }

    private static func reminders(_ value: YAMLValue) throws -> Reminders {
        let usual = Reminders()
        return Reminders(
            fixityDays: try value.value("fixity-days")?.integer ?? usual.fixityDays,
            packageDays: try value.value("package-days")?.integer ?? usual.packageDays,
            retentionMonths: try value.value("retention-months")?.integer ?? usual.retentionMonths,
            witnessDays: try value.value("witness-days")?.integer
        )
    }

    private static func budget(_ value: YAMLValue) throws -> FileBudgetSettings {
        let usual = FileBudgetSettings()
        return FileBudgetSettings(
            seconds: try value.value("seconds")?.integer ?? usual.seconds,
            processorSeconds: try value.value("processor-seconds")?.integer ?? usual.processorSeconds,
            memoryMiB: try value.value("memory-mib")?.integer ?? usual.memoryMiB
        )
    }

    private static func require(_ budget: FileBudgetSettings, _ file: FilePath) throws(OfficeFileError) {
        let (seconds, memory) = FileBudgetSettings.allowed
        let isTime = [budget.seconds, budget.processorSeconds].allSatisfy { seconds.contains($0) }
        try require(
            isTime,
            file,
            "'file-budget' allows 'seconds' and 'processor-seconds' from 1 to \(seconds.upperBound)"
        )
        let range = "\(memory.lowerBound) to \(memory.upperBound)"
        try require(memory.contains(budget.memoryMiB), file, "'file-budget' allows 'memory-mib' from \(range)")
    }

    private static func abbreviations(_ value: YAMLValue) throws -> [Abbreviation] {
        try value.list.map { entry in
            Abbreviation(
                try entry.required("short").text,
                meaning: try entry.required("long").text
            )
        }
    }

    private static func strangers(_ value: YAMLValue) throws -> StrangerPolicy {
        let text = try value.text
        guard let policy = StrangerPolicy(rawValue: text) else {
            throw YAMLValue.Problem(message: "'strangers' must be 'warn' or 'report', not '\(text)'")
        }
        return policy
    }

    private static func signedAct(_ text: String) throws -> SignableAct {
        guard let act = SignableAct(rawValue: text) else {
            let known = SignableAct.allCases.map(\.rawValue).joined(separator: ", ")
            throw YAMLValue.Problem(message: "'signed-acts' names '\(text)', and may name \(known)")
        }
        return act
    }

    private static func counting(_ value: YAMLValue) throws -> RetentionCounting {
        let usual = RetentionCounting()
        return RetentionCounting(
            fiscalMonth: try value.value("fiscal-month")?.integer ?? usual.fiscalMonth,
            cutoff: try value.value("cutoff")?.text ?? usual.cutoff,
            countsStartingDay: try value.value("counts-starting-day")?.boolean ?? usual.countsStartingDay,
            addsPeriods: try value.value("adds-periods")?.boolean ?? usual.addsPeriods,
            planTypes: try value.value("plan-types")?.texts ?? usual.planTypes
        )
    }

    /// Reads a procedure, and checks that its steps are numbered from 1 and name types that it describes.
    ///
    /// A command asks for it several times: the same text is taken apart once.
    ///
    /// - Throws: `OfficeFileError`, code `invalid`, with the reason.
    package static func procedure(_ file: FilePath) throws -> Procedure {
        let text = try content(file)
        if let (known, procedure) = lastProcedure.withLock({ $0 }), known == text { return procedure }
        let procedure = try procedure(text, of: file)
        lastProcedure.withLock { $0 = (text, procedure) }
        return procedure
    }

    /// The text that was taken apart last, and what it says.
    private static let lastProcedure = Mutex<(text: [UInt8], procedure: Procedure)?>(nil)

    private static func procedure(_ text: [UInt8], of file: FilePath) throws -> Procedure {
        let procedure = try read(text, of: file) { value in
            Procedure(
                id: try value.required("id").text,
                title: try value.required("title").text,
                number: try value.required("number").text,
                office: try value.required("office").text,
                types: try value.required("types").list.map(documentType),
                steps: try value.required("steps").list.map(step),
                areActorsConfirmed: try value.value("actors-confirmed")?.boolean ?? false,
                head: Procedure.Head(
                    legalBasis: try value.value("legal-basis")?.texts ?? [],
                    related: try value.value("related")?.texts ?? [],
                    qualifications: try value.value("qualifications")?.texts ?? [],
                    equipment: try value.value("equipment")?.texts ?? []
                )
            )
        }
        try require(!procedure.steps.isEmpty, file, "it has no steps")
        try require(
            procedure.steps.map(\.step) == Array(1...procedure.steps.count),
            file,
            "its steps are not numbered 1, 2, 3 …"
        )
        let known = Set(procedure.types.map(\.id))
        try require(known.count == procedure.types.count, file, "a document type is described twice")
        for step in procedure.steps {
            let allowed = 0...DayUnit.limit
            try require(
                allowed.contains(step.duration.count),
                file,
                "step \(step.step) allows \(step.duration.count), and 'count' must be \(allowed.lowerBound) to \(allowed.upperBound)"
            )
            for type in step.required where !step.types.contains(type) {
                try require(false, file, "step \(step.step) requires '\(type)', which is not among its types")
            }
            let named = step.types + step.inputs + (step.rounds.map { [$0.correction, $0.text] } ?? [])
            for type in named where !known.contains(type) {
                try require(
                    false,
                    file,
                    "step \(step.step) names the document type '\(type)', which 'types' does not describe"
                )
            }
        }
        return procedure
    }

    /// Reads a table whose first row names the columns; returns a dictionary a row.
    ///
    /// A missing file is an empty table: the office has not set it.
    ///
    /// - Throws: `OfficeFileError`: `malformed` with the row, `invalid` for a missing column.
    package static func table(_ file: FilePath, columns: [String]) throws -> [[String: String]] {
        try rows(file, columns: columns).map(\.cells)
    }

    /// Reads a table as `table` does, each row with its number as a spreadsheet counts it.
    ///
    /// - Parameters:
    ///   - file: the table.
    ///   - columns: the columns that must be there.
    ///   - usual: the table that holds where the office has no such file.
    /// - Returns: the rows.
    /// - Throws: `OfficeFileError`, as for `table`.
    package static func rows(
        _ file: FilePath,
        columns: [String],
        usual: [UInt8] = []
    ) throws -> [(row: Int, cells: [String: String])] {
        try rows(of: FileStatus.exists(file) ? try content(file) : usual, of: file, columns: columns)
    }

    /// Reads a table out of its bytes, as `rows` reads that of a file.
    ///
    /// - Parameters:
    ///   - bytes: the table, in any encoding that offices use.
    ///   - file: where it comes from, for what is said about it.
    ///   - columns: the columns that must be there.
    /// - Returns: the rows.
    /// - Throws: `OfficeFileError`, as for `table`.
    package static func rows(
        _ bytes: [UInt8],
        from file: FilePath,
        columns: [String]
    ) throws -> [(row: Int, cells: [String: String])] {
        try rows(of: try TextEncoding.utf8(bytes, of: file), of: file, columns: columns)
    }

    private static func rows(
        of text: [UInt8],
        of file: FilePath,
        columns: [String]
    ) throws -> [(row: Int, cells: [String: String])] {
        var reader = CSVReader(text)
        guard let header = reader.next() else { return [] }
        let names = header.fields.map { $0.lowercased() }
        for column in columns where !names.contains(column) {
            try require(false, file, "the column '\(column)' is missing")
        }
        var rows: [(row: Int, cells: [String: String])] = []
        while let record = reader.next() {
            if record.isBlank { continue }
            guard record.fault == nil, record.fields.count <= names.count else {
                throw OfficeFileError(
                    .malformed,
                    file: file,
                    line: record.line,
                    message: record.fault ?? "the row has more fields than the header",
                    remedy: "put fields that hold a separator in quotation marks"
                )
            }
            rows.append((record.row, Dictionary(zip(names, record.fields), uniquingKeysWith: { first, _ in first })))
        }
        return rows
    }

    private static func content(_ file: FilePath) throws -> [UInt8] {
        try TextEncoding.utf8(try OpenFile.content(of: file, limit: limit), of: file)
    }

    /// A format of the archive home that this program does not know.
    private struct NewerFormat: Error {
        let format: Int
    }

    private static func read<Value>(_ file: FilePath, _ body: (YAMLValue) throws -> Value) throws -> Value {
        try read(try content(file), of: file, body)
    }

    private static func read<Value>(
        _ text: [UInt8],
        of file: FilePath,
        _ body: (YAMLValue) throws -> Value
    ) throws -> Value {
        do {
            return try body(try YAMLValue(String(decoding: text, as: UTF8.self)))
        } catch let problem as YAMLValue.Problem {
            throw OfficeFileError(
                .invalid,
                file: file,
                message: Self.onOneLine(problem.message),
                remedy: "correct the file"
            )
        } catch let newer as NewerFormat {
            throw OfficeFileError(
                .newer,
                file: file,
                message:
                    "the home has the format \(newer.format), this version of Berkas knows up to \(OfficeSettings.currentFormat)",
                remedy: "install a newer version of Berkas; nothing was changed"
            )
        }
    }

    private static func documentType(_ value: YAMLValue) throws -> DocumentType {
        DocumentType(
            id: try value.required("id").text,
            name: try value.required("name").text,
            aliases: try value.value("aliases")?.texts ?? [],
            description: try value.value("description")?.text ?? "",
            stage: try value.value("stage").map(stage)
        )
    }

    private static func stage(_ value: YAMLValue) throws -> PlanStage {
        let text = try value.text
        guard let stage = PlanStage(rawValue: text) else {
            throw YAMLValue.Problem(message: "'stage' of a type must be 'draft', 'final' or 'signed', not '\(text)'")
        }
        return stage
    }

    private static func step(_ value: YAMLValue) throws -> ProcedureStep {
        let duration = try value.required("duration")
        return ProcedureStep(
            step: try value.required("step").integer,
            activity: try value.required("activity").text,
            actors: try value.required("actors").texts,
            input: try value.required("input").text,
            duration: ProcedureStep.Duration(
                text: try duration.required("text").text,
                count: try duration.required("count").integer,
                unit: try duration.required("unit").text
            ),
            output: try value.required("output").text,
            types: try value.required("types").texts,
            required: try value.value("required")?.texts ?? [],
            eachUnit: try value.value("each-unit")?.texts ?? [],
            stages: try value.value("stages")?.list.map { stage in
                ProcedureStep.Stage(
                    id: try stage.required("id").text,
                    name: try stage.required("name").text,
                    actors: try stage.required("actors").texts
                )
            },
            inputs: try value.value("inputs")?.texts ?? [],
            rounds: try value.value("rounds").map { rounds in
                ProcedureStep.Rounds(
                    correction: try rounds.required("correction").text,
                    text: try rounds.required("text").text
                )
            },
            allowsOnePerson: try value.value("one-person")?.boolean ?? false
        )
    }

    private static func onOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }.joined(
            separator: " "
        )
    }

    private static func require(_ condition: Bool, _ file: FilePath, _ message: String) throws(OfficeFileError) {
        guard condition else {
            throw OfficeFileError(.invalid, file: file, message: message, remedy: "correct the file")
        }
    }
}
