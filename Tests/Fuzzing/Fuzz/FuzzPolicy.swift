import Containers
import Intake
import Packaging
import RecordsModel

/// What the targets are run with: small, and never changed, so that an input means the same on every machine.
enum FuzzPolicy {
    /// An office with one step and one document type.
    static let intake = IntakePolicy(
        procedure: Procedure(
            id: "RKT",
            title: "Penyusunan RKT",
            number: "470/ 257 /2023",
            office: "Disdukcapil",
            types: [DocumentType(id: "rkt", name: "RKT", aliases: ["rencana"], description: "")],
            steps: [
                ProcedureStep(
                    step: 1,
                    activity: "",
                    actors: [],
                    input: "",
                    duration: ProcedureStep.Duration(text: "1 hari", count: 1, unit: "hari"),
                    output: "",
                    types: ["rkt"],
                    stages: nil
                )
            ]
        ),
        settings: OfficeSettings(
            format: 1,
            office: "Disdukcapil",
            idPrefix: "RKT",
            uriPrefix: "tag:disdukcapil.example,2026:",
            timeZone: "Asia/Makassar",
            units: ["Sekretariat"]
        ),
        accessLevels: ["biasa", "rahasia"],
        classificationCodes: ["000.7.2.6"]
    )

    /// Limits low enough that a bomb ends within the time of one run.
    static let bag = {
        var options = BagOptions()
        options.limits.grace = 1 << 20
        options.limits.total = 16 << 20
        options.limits.member = 8 << 20
        options.limits.members = 10_000
        options.tagBytes = 4 << 20
        return options
    }()
}

/// A bag in one text, so that a fuzzer can change several files of it together.
///
/// A line `=== name` begins a file; only names that are listed here are taken. What stands before the first such line is
/// thrown away.
enum BagCase {
    private static let names = [
        "bagit.txt", "bag-info.txt", "manifest-sha512.txt", "manifest-md5.txt", "tagmanifest-sha512.txt", "fetch.txt",
        "package-info.txt", "data/berkas.txt", "data/a%0Ab",
    ]

    /// The files, the last of each name.
    static func files(_ bytes: [UInt8]) -> [String: [UInt8]] {
        let mark = Array("=== ".utf8)
        var files: [String: [UInt8]] = [:]
        var name: String?
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if line.starts(with: mark) {
                let wanted = line.dropFirst(mark.count)
                name = names.first { $0.utf8.elementsEqual(wanted) }
                if let name { files[name] = [] }
            } else if let name {
                files[name, default: []] += line + [10]
            }
        }
        return files
    }
}
