import FileSafety
import Foundation
import Intake
import OCFLStore
import OfficeFiles
import Packaging
import RecordsModel
import Signatures
import SystemPackage

/// What is fed with bytes: everything that reads what somebody else wrote.
enum FuzzTarget: String, CaseIterable {
    /// An inventory of OCFL, judged and read.
    case inventory
    /// The tag files of a bag, as one text: see `BagCase`.
    case bag
    /// A BagIt profile.
    case profile
    /// An intake manifest.
    case manifest
    /// `record.json`, and a line of the ledger.
    case record
    /// A tar, zip or 7-Zip, compressed or not.
    case container
    /// The files that an office edits, in YAML.
    case office
    /// A retention schedule (JRA), in CSV.
    case schedule
    /// A PDF, whose signatures are judged.
    case signature
}

/// Runs one target on one input after another.
///
/// A finding is a trap, a hang, too much memory, or a promise of the reader that does not hold: an error that it throws is
/// what it is for. Files lie in a folder of this process that is gone with it.
enum Fuzzing {
    nonisolated(unsafe) private static var target = FuzzTarget.inventory
    nonisolated(unsafe) private static var folder: FilePath = ""

    /// Chooses the target and makes its folder.
    static func begin(_ target: FuzzTarget) {
        unsafe self.target = target
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("berkas-fuzz-\(getpid())")
        try? FileManager.default.removeItem(at: place)
        guard (try? FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)) != nil else {
            print("fuzz: '\(place.path)' cannot be made")
            exit(1)
        }
        unsafe folder = FilePath(place.path)
        atexit { try? FileManager.default.removeItem(atPath: unsafe Fuzzing.folder.string) }
    }

    /// Feeds the target.
    static func run(_ bytes: [UInt8]) {
        let folder = unsafe self.folder
        switch unsafe target {
        case .inventory: inventory(bytes, in: folder)
        case .bag: bag(bytes, in: folder)
        case .profile: _ = try? BagProfile(bytes)
        case .manifest: manifest(bytes, in: folder)
        case .record: record(bytes)
        case .container: container(bytes, in: folder)
        case .office: office(bytes, in: folder)
        case .schedule: FuzzSchedule.run(bytes)
        case .signature: signature(bytes)
        }
    }

    /// A promise of a reader; libFuzzer keeps the input that breaks it.
    static func promise(_ holds: Bool, _ words: String) {
        if !holds { Swift.fatalError(words) }
    }

    private static func write(_ bytes: [UInt8], to path: FilePath) {
        promise((try? Data(bytes).write(to: URL(fileURLWithPath: path.string))) != nil, "the input cannot be written")
    }

    private static func inventory(_ bytes: [UInt8], in folder: FilePath) {
        let path = folder.appending("inventory.json")
        write(bytes, to: path)
        var errors = 0
        let summary = try? OCFLValidator().validate(path) { errors += $0.severity == .error ? 1 : 0 }
        promise(summary != nil, "an inventory that is there could not be judged")
        promise(summary?.errors == errors, "the summary counts other errors than were told")
        guard let read = try? Inventory(json: bytes) else { return }
        let written = read.json()
        let again = try? Inventory(json: written)
        promise(again?.json() == written, "an inventory that is written, read and written again differs")
    }

    private static func bag(_ bytes: [UInt8], in folder: FilePath) {
        let place = folder.appending("bag")
        try? FileManager.default.removeItem(atPath: place.string)
        let files = BagCase.files(bytes)
        for (name, content) in files {
            let path = place.appending(name)
            let parent = path.removingLastComponent().string
            try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            write(content, to: path)
        }
        let report = try? BagValidator.validate(place)
        promise(report != nil || files.isEmpty, "a bag of plain files could not be judged")
    }

    private static func manifest(_ bytes: [UInt8], in folder: FilePath) {
        let path = folder.appending("intake.csv")
        write(bytes, to: path)
        guard let batch = try? Batch.open(path) else { return }
        let policy = FuzzPolicy.intake
        guard let survey = try? batch.survey(policy: policy, keptType: { _ in nil }) else { return }
        var accepted = 0
        batch.eachAccepted(survey, policy: policy) { _ in accepted += 1 }
        promise(accepted == survey.accepted, "other rows are taken than were counted")
    }

    private static func record(_ bytes: [UInt8]) {
        let data = Data(bytes)
        if let record = try? CanonicalJSON.decode(RecordDocument.self, from: data) {
            let again = try? CanonicalJSON.decode(RecordDocument.self, from: CanonicalJSON.document(record))
            promise(again == record, "a record that is written and read differs")
        }
        if let event = try? CanonicalJSON.decode(Event.self, from: data) {
            let again = try? CanonicalJSON.decode(Event.self, from: CanonicalJSON.line(event))
            promise(again == event, "an event that is written and read differs")
        }
    }

    private static func container(_ bytes: [UInt8], in folder: FilePath) {
        let path = folder.appending("input")
        write(bytes, to: path)
        let options = FuzzPolicy.bag
        let first = try? BagValidator.validate(path, options)
        promise(first != nil, "a container could not be judged")
        let second = try? BagValidator.validate(path, options)
        promise(first?.findings == second?.findings, "a container that is read twice is judged otherwise")
    }

    private static func signature(_ bytes: [UInt8]) {
        let now = Moment(secondsSinceEpoch: 1_770_000_000, offset: 0)
        let report = SignatureVerifier(anchors: TrustAnchors(), now: now).report(on: bytes)
        promise(report.category != .valid, "a signature is valid, and nobody is trusted")
        promise(report.signatures.count == report.signatureCount, "other signatures are told than were counted")
        let data = try? JSONEncoder().encode(report)
        let again = data.flatMap { try? JSONDecoder().decode(SignatureReport.self, from: $0) }
        promise(again == report, "a report that is written and read differs")
    }

    private static func office(_ bytes: [UInt8], in folder: FilePath) {
        let path = folder.appending("berkas.yaml")
        write(bytes, to: path)
        _ = try? PolicyFiles.settings(path)
        _ = try? PolicyFiles.procedure(path)
        _ = try? PolicyFiles.table(path, columns: ["name", "role"])
    }
}
