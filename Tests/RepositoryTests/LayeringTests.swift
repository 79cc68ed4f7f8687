import SystemPackage
import TestSupport
import Testing

/// Imports point downwards only.
///
/// The compiler lets transitive imports by, so that this table is what holds.
struct LayeringTests {
    /// For each module, the modules of ours that it may import.
    static let allowed: [String: Set<String>] = [
        "BoundedProcess": ["CSandbox"],
        "JSONWriting": [],
        "RecordsModel": ["JSONWriting"],
        "FileSafety": ["CLinux"],
        "Fixity": ["CLibB2", "CLibCrypto", "FileSafety"],
        "OfficeFiles": ["FileSafety", "RecordsModel"],
        "Catalogue": ["CSQLite", "CStemmer", "FileSafety", "RecordsModel"],
        "Intake": ["FileSafety", "OfficeFiles", "RecordsModel"],
        "Ledger": ["FileSafety", "Fixity", "RecordsModel"],
        "OCFLStore": ["FileSafety", "Fixity", "JSONWriting"],
        "Containers": ["CLibArchive", "CZlib", "FileSafety", "Fixity"],
        "Packaging": ["CLibArchive", "Containers", "FileSafety", "Fixity"],
        "Acts": ["RecordsModel"],
        "Retention": ["Acts", "OfficeFiles", "RecordsModel"],
        "Disposal": ["Acts", "RecordsModel", "Retention"],
        "Loans": ["Acts", "RecordsModel"],
        "Dossiers": ["Acts", "RecordsModel"],
        "Reporting": [
            "Acts", "BoundedProcess", "CLibXlsxWriter", "Disposal", "Dossiers", "FileSafety", "OfficeFiles",
            "RecordsModel",
        ],
        "Signatures": ["CLibCryptoCMS", "CLibQPDF", "RecordsModel"],
        "TextExtraction": [
            "BoundedProcess", "CExpat", "CHEIF", "CLeptonica", "CLibQPDF", "CMagic", "CTIFF", "CWebP", "Containers",
            "FileSafety",
        ],
        "ArchiveHome": [
            "Acts", "Catalogue", "Disposal", "Dossiers", "FileSafety", "Fixity", "Ledger", "Loans", "OCFLStore",
            "OfficeFiles", "RecordsModel", "TextExtraction",
        ],
        "Operations": [
            "Acts", "ArchiveHome", "BoundedProcess", "Catalogue", "Containers", "Disposal", "Dossiers", "FileSafety",
            "Fixity", "Intake", "Ledger", "Loans",
            "OCFLStore",
            "OfficeFiles",
            "Packaging",
            "RecordsModel", "Reporting", "Retention", "Signatures", "TextExtraction",
        ],
        "BerkasCommands": [
            "Acts", "ArchiveHome", "BoundedProcess", "Catalogue", "Containers", "Disposal", "Dossiers", "FileSafety",
            "Fixity", "Intake", "Ledger", "Loans", "OCFLStore",
            "OfficeFiles",
            "Operations",
            "Packaging",
            "RecordsModel", "Reporting", "Retention", "Signatures", "TextExtraction",
        ],
        "berkas": ["BerkasCommands", "TextExtraction"],
    ]

    /// For each library of others, the modules that may import it.
    static let outside: [String: Set<String>] = [
        "ArgumentParser": ["BerkasCommands"],
        "CExpat": ["TextExtraction"],
        "CHEIF": ["TextExtraction"],
        "CLeptonica": ["TextExtraction"],
        "CLibArchive": ["Containers", "Packaging"],
        "CLibB2": ["Fixity"],
        "CLibCrypto": ["Fixity"],
        "CLibCryptoCMS": ["Signatures"],
        "CLibXlsxWriter": ["Reporting"],
        "CLibQPDF": ["Signatures", "TextExtraction"],
        "CLinux": ["FileSafety"],
        "CMagic": ["TextExtraction"],
        "CSandbox": ["BoundedProcess"],
        "CSQLite": ["Catalogue"],
        "CStemmer": ["Catalogue"],
        "CTIFF": ["TextExtraction"],
        "CWebP": ["TextExtraction"],
        "CZlib": ["Containers"],
        "GRDB": ["Catalogue"],
        "Mustache": ["Reporting"],
        "Yams": ["OfficeFiles"],
    ]

    @Test
    func `every import in Sources is an edge that the table allows`() throws {
        let files = try SourceTree.files(below: "Sources")
        #expect(files.count > 60)
        var seen: Set<String> = []
        for file in files {
            let edges = try #require(Self.allowed[file.module], "the module '\(file.module)' is not in the table")
            seen.insert(file.module)
            for line in file.lines {
                guard let target = SourceTree.imported(line) else { continue }
                if let users = Self.outside[target] {
                    #expect(users.contains(file.module), "\(file.path) imports \(target)")
                }
                let isOurs =
                    Self.allowed[target] != nil || target.hasPrefix("CLib")
                    || [
                        "CExpat", "CHEIF", "CLeptonica", "CLinux", "CMagic", "CSQLite", "CSandbox", "CStemmer", "CTIFF",
                        "CWebP",
                        "CZlib",
                    ]
                    .contains(target)
                if isOurs { #expect(edges.contains(target), "\(file.path) imports \(target)") }
            }
        }
        #expect(seen == Set(Self.allowed.keys), "the table names a module that has no files")
    }

    @Test
    func `what could be published alone knows nothing of the office's papers`() throws {
        let alone: Set = [
            "BoundedProcess", "Containers", "FileSafety", "Fixity", "Ledger", "OCFLStore", "Packaging", "Signatures",
        ]
        var seen: Set<String> = []
        for file in try SourceTree.files(below: "Sources") where alone.contains(file.module) {
            seen.insert(file.module)
            for (index, line) in file.lines.enumerated() where !line.contains("///") {
                #expect(!line.contains("berkas "), "\(file.path):\(index + 1) names a command")
                #expect(
                    !line.contains("\"--max-") && !line.contains("(--"),
                    "\(file.path):\(index + 1) names an option"
                )
                #expect(!line.contains("RecordID") && !line.contains("\"RKT"), "\(file.path):\(index + 1)")
            }
        }
        #expect(seen == alone)
    }

    /// What changes the truth or the index of a home, each with the module that declares it.
    static let writes: [(call: String, declaredIn: String)] = [
        (#"\.installObject\("#, "OCFLStore"),
        (#"\.installVersions\("#, "OCFLStore"),
        (#"\.removeObject\("#, "OCFLStore"),
        (#"\.append\((?:[^()]|\([^()]*\))*?\bbehind:"#, "Ledger"),
        (#"\.close\(\s*at:"#, "Ledger"),
        (#"\.apply\((?:[^()]|\([^()]*\))*?\bprogress:"#, "Catalogue"),
    ]

    @Test
    func `ArchiveHome alone installs into the store, appends to the ledger and applies to the catalogue`() throws {
        let files = try SourceTree.files(below: "Sources")
        for (call, home) in Self.writes {
            let pattern = try Regex(call)
            var users: Set<String> = []
            for file in files where file.module != home {
                let code = file.lines.filter { !$0.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") }
                if code.joined(separator: "\n").contains(pattern) { users.insert(file.module) }
            }
            #expect(users == ["ArchiveHome"], "\(call)")
        }
    }

    @Test
    func `what is owed to a home at the beginning of work is handed over in one place`() throws {
        let pattern = try Regex(#"\brunning:"#)
        for file in try SourceTree.files(below: "Sources") where ["Operations", "BerkasCommands"].contains(file.module)
        {
            // A rebuild owes a home nothing; it only keeps the dates, by a step that has a name there too.
            let hands = file.lines.contains { $0.contains(pattern) && !$0.contains("running: [.dates]") }
            #expect(hands == (file.path == "Sources/Operations/StandingSteps.swift"), "\(file.path)")
        }
    }

    @Test
    func `only BoundedProcess starts a program or looks for one`() throws {
        let starts = /\b(posix_spawnp?|Process\(\)|Subprocess|v?fork\(|exec[lv]p?e?\(|popen\(|system\(|NSTask)|"PATH"\]/
        for file in try SourceTree.files(below: "Sources") where file.module != "BoundedProcess" {
            for (index, line) in file.lines.enumerated() where line.contains(starts) {
                Issue.record("\(file.path):\(index + 1) starts a program, or asks PATH: \(line)")
            }
        }
        #expect("let task = Process()".contains(starts) && "execve(path)".contains(starts))
        #expect(!"BoundedProcess".contains(starts) && !"filesystem".contains(starts))
    }

    @Test
    func `the table has no way round`() {
        func reaches(_ from: String, _ to: String, _ seen: Set<String> = []) -> Bool {
            (Self.allowed[from] ?? []).contains { next in
                next == to || (!seen.contains(next) && reaches(next, to, seen.union([next])))
            }
        }
        for module in Self.allowed.keys { #expect(!reaches(module, module), "\(module) reaches itself") }
    }

    @Test(arguments: [
        ("import GRDB", "GRDB"), ("package import Ledger", "Ledger"), ("private import CLibArchive", "CLibArchive"),
    ])
    func `an import line is understood`(_ line: String, _ module: String) {
        #expect(SourceTree.imported(line) == module)
        #expect(SourceTree.imported("// " + line) == nil)
    }
}
