import OfficeFiles
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct SettingsTests {
    private let whole = """
        format: 1
        office: Dinas
        id-prefix: RKT
        uri-prefix: "tag:office.example,2026:"
        time-zone: Asia/Makassar
        units: [Sekretariat, Bidang]
        """

    private func settings(_ text: String) throws -> OfficeSettings {
        try PolicyFiles.settings(try Scratch.file("berkas.yaml", text.utf8))
    }

    private func refusal(_ text: String) -> OfficeFileError? {
        do {
            _ = try settings(text)
            return nil
        } catch {
            return error as? OfficeFileError
        }
    }

    @Test func `the settings are read`() throws {
        let read = try settings(whole)
        #expect(read.office == "Dinas")
        #expect(read.timeZone == "Asia/Makassar")
        #expect(read.units == ["Sekretariat", "Bidang"])
        #expect(
            read.objectID(of: RecordID(prefix: "RKT", year: 2024, sequence: 7))
                == "tag:office.example,2026:RKT-2024-0007"
        )
        #expect(read.ledgerOrigin == "tag:office.example,2026:ledger")
    }

    @Test func `a file's budget that is left out is as it is documented, and what is said is read`() throws {
        #expect(
            try settings(whole).fileBudget == FileBudgetSettings(seconds: 600, processorSeconds: 1200, memoryMiB: 8192)
        )
        let read = try settings(whole + "\nfile-budget:\n  seconds: 30\n  memory-mib: 512\n").fileBudget
        #expect(read == FileBudgetSettings(seconds: 30, processorSeconds: 1200, memoryMiB: 512))
    }

    @Test func `reminders that are left out hold as they are documented, and the others are read`() throws {
        #expect(try settings(whole).reminders == Reminders(fixityDays: 30, packageDays: 365, retentionMonths: 3))
        let read = try settings(whole + "\nreminders:\n  fixity-days: 7\n  retention-months: 6\n").reminders
        #expect(read == Reminders(fixityDays: 7, packageDays: 365, retentionMonths: 6))
    }

    @Test func `strangers are warned of where nothing is said`() throws {
        #expect(try settings(whole).strangers == .warn)
        #expect(try settings(whole + "\nstrangers: report\n").strangers == .report)
        #expect(refusal(whole + "\nstrangers: never\n")?.message.contains("'strangers'") == true)
    }

    @Test func `units may be left out, and the file may carry a byte order mark`() throws {
        let text = whole.replacing("units: [Sekretariat, Bidang]", with: "")
        #expect(try settings("\u{feff}" + text).units.isEmpty)
    }

    @Test(arguments: ["format", "office", "id-prefix", "uri-prefix", "time-zone"])
    func `a key that must be there and is missing is named`(key: String) {
        let text = whole.split(separator: "\n").filter { !$0.hasPrefix(key) }.joined(separator: "\n")
        let error = refusal(text)
        #expect(error?.code == .invalid)
        #expect(error?.message == "'\(key)' is missing")
    }

    @Test(arguments: [
        ("format: 1", "format: 0", "'format'"), ("format: 1", "format: -1", "'format'"),
        ("format: 1", "format: one", "'format'"),
        ("id-prefix: RKT", "id-prefix: rkt", "'id-prefix'"), ("id-prefix: RKT", "id-prefix: R-T", "'id-prefix'"),
        ("id-prefix: RKT", "id-prefix: ''", "'id-prefix'"), ("id-prefix: RKT", "id-prefix: [RKT]", "'id-prefix'"),
        ("tag:office.example,2026:", "urn:office", "'uri-prefix'"),
        ("tag:office.example,2026:", "tag:a b,2026:", "'uri-prefix'"),
        ("tag:office.example,2026:", "tag:office", "'uri-prefix'"),
        ("tag:office.example,2026:", "tag:é,2026:", "'uri-prefix'"),
        ("units: [Sekretariat, Bidang]", "units: Sekretariat", "'units'"), ("office: Dinas", "office: [", "YAML"),
        ("office: Dinas", "office: Dinas\nreminders: {fixity-days: 0}", "'reminders'"),
        ("office: Dinas", "office: Dinas\nfile-budget: {seconds: 0}", "'seconds'"),
        ("office: Dinas", "office: Dinas\nfile-budget: {processor-seconds: 604801}", "'processor-seconds'"),
        ("office: Dinas", "office: Dinas\nfile-budget: {memory-mib: 63}", "'memory-mib'"),
        ("office: Dinas", "office: Dinas\nfile-budget: {memory-mib: banyak}", "'file-budget.memory-mib'"),
        ("office: Dinas", "office: Dinas\nreminders: {package-days: soon}", "'reminders.package-days'"),
        ("office: Dinas", "office: \"Dinas", "YAML"), ("office: Dinas", "office: {a: b}", "'office'"),
    ])
    func `a value of the wrong kind or form is refused, and named`(old: String, new: String, named: String) {
        let error = refusal(whole.replacing(old, with: new))
        #expect(error?.code == .invalid)
        #expect(error?.message.contains(named) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["format: 2", "format: 99\noffice: 1\nunits: whatever"])
    func `a newer format is told apart from a bad file, whatever else is in it`(text: String) {
        let error = refusal(text)
        #expect(error?.code == .newer)
        #expect(error?.remedy.contains("nothing was changed") == true)
    }

    @Test(arguments: ["", "   \n", "just a text", "- a\n- b", "\u{1}"])
    func `what is no table of settings is refused`(text: String) {
        #expect(refusal(text)?.code == .invalid)
    }

    @Test func `Latin-1 is refused for its encoding`() throws {
        let file = try Scratch.file("berkas.yaml", Array("format: 1\noffice: Caf".utf8) + [0xe9])
        let error = #expect(throws: OfficeFileError.self) { try PolicyFiles.settings(file) }
        #expect(error?.code == .encoding)
        #expect(error?.line == 2)
    }

    @Test func `the settings of the checkout are read`() throws {
        let read = try PolicyFiles.settings(Checkout.root.appending("Archive").appending("berkas.yaml"))
        #expect(read.format == OfficeSettings.currentFormat)
        #expect(read.units.contains(read.office))
    }
}
