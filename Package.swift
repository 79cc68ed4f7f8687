// swift-tools-version: 6.3
// One section a target, with its tests; alphabetical inside a layer; one dependency a line. The layers stand from the
// bottom up. `Tests/RepositoryTests/LayeringTests.swift` holds the table of allowed edges: change both together.
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "berkas",
    products: [
        .executable(name: "berkas", targets: ["berkas"])
    ],
    // Pinned: what is built is what was tested, and another version is a change that somebody makes.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // MARK: - C libraries

        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CHEIF", pkgConfig: "libheif", providers: [.apt(["libheif-dev"])]),
        .systemLibrary(name: "CLeptonica", pkgConfig: "lept", providers: [.apt(["libleptonica-dev"])]),
        .systemLibrary(name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CLibB2", pkgConfig: "libb2", providers: [.apt(["libb2-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibCryptoCMS", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CLibQPDF", pkgConfig: "libqpdf", providers: [.apt(["libqpdf-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CMagic", pkgConfig: "libmagic", providers: [.apt(["libmagic-dev"])]),
        .systemLibrary(name: "CSandbox", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"])]),
        .systemLibrary(name: "CWebP", pkgConfig: "libwebpdemux", providers: [.apt(["libwebp-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // MARK: - The vocabulary and the file system

        .target(name: "BoundedProcess", dependencies: ["CSandbox", systemPackage]),
        .testTarget(
            name: "BoundedProcessTests",
            dependencies: ["BoundedProcess", "TestSupport", "helper-probe", systemPackage]
        ),
        .executableTarget(name: "helper-probe", dependencies: ["BoundedProcess"], path: "Tests/HelperProbe"),

        .target(name: "JSONWriting"),
        .testTarget(name: "JSONWritingTests", dependencies: ["JSONWriting"]),

        .target(name: "RecordsModel", dependencies: ["JSONWriting"]),
        .testTarget(name: "RecordsModelTests", dependencies: ["RecordsModel"]),

        .target(name: "FileSafety", dependencies: ["CLinux", systemPackage]),
        .testTarget(name: "FileSafetyTests", dependencies: ["FileSafety", "TestSupport", systemPackage]),

        .target(
            name: "Fixity",
            dependencies: [
                "CLibB2",
                "CLibCrypto",
                "FileSafety",
                systemPackage,
            ]
        ),
        .testTarget(name: "FixityTests", dependencies: ["FileSafety", "Fixity", "TestSupport", systemPackage]),

        .target(
            name: "OfficeFiles",
            dependencies: [
                "FileSafety",
                "RecordsModel",
                systemPackage,
                yams,
            ]
        ),
        .testTarget(
            name: "OfficeFilesTests",
            dependencies: ["FileSafety", "OfficeFiles", "RecordsModel", "TestSupport", systemPackage]
        ),

        // MARK: - What each part of the archive is

        .target(
            name: "Catalogue",
            dependencies: [
                "CSQLite",
                "CStemmer",
                "FileSafety",
                "RecordsModel",
                grdb,
                systemPackage,
            ],
            resources: [
                .embedInCode("../../Schemas/catalogue/001-records.sql"),
                .embedInCode("../../Schemas/catalogue/002-accessions.sql"),
                .embedInCode("../../Schemas/catalogue/003-retention.sql"),
                .embedInCode("../../Schemas/catalogue/004-disposal.sql"),
                .embedInCode("../../Schemas/catalogue/005-retention-pages.sql"),
                .embedInCode("../../Schemas/catalogue/006-reading.sql"),
                .embedInCode("../../Schemas/catalogue/007-search.sql"),
                .embedInCode("../../Schemas/catalogue/008-anchors.sql"),
                .embedInCode("../../Schemas/catalogue/009-places.sql"),
                .embedInCode("../../Schemas/catalogue/010-states.sql"),
                .embedInCode("../../Schemas/catalogue/011-whole-rows.sql"),
                .embedInCode("../../Schemas/catalogue/012-erasure.sql"),
                .embedInCode("../../Schemas/catalogue/whole.sql"),
            ]
        ),
        .testTarget(
            name: "CatalogueTests",
            dependencies: ["Catalogue", "FileSafety", "RecordsModel", "TestSupport", grdb, systemPackage]
        ),

        .target(
            name: "Intake",
            dependencies: [
                "FileSafety",
                "OfficeFiles",
                "RecordsModel",
                systemPackage,
            ],
            resources: [.embedInCode("../../Schemas/intake-columns.json")]
        ),
        .testTarget(
            name: "IntakeTests",
            dependencies: ["FileSafety", "Intake", "OfficeFiles", "RecordsModel", "TestSupport", systemPackage]
        ),

        .target(
            name: "Ledger",
            dependencies: [
                "FileSafety",
                "Fixity",
                "RecordsModel",
                systemPackage,
            ]
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["FileSafety", "Fixity", "Ledger", "RecordsModel", "TestSupport", systemPackage]
        ),

        .target(
            name: "OCFLStore",
            dependencies: [
                "FileSafety",
                "Fixity",
                "JSONWriting",
                systemPackage,
            ]
        ),
        .testTarget(
            name: "OCFLStoreTests",
            dependencies: ["FileSafety", "Fixity", "OCFLStore", "TestSupport", systemPackage]
        ),

        .target(
            name: "Containers",
            dependencies: [
                "CLibArchive",
                "CZlib",
                "FileSafety",
                "Fixity",
                systemPackage,
            ]
        ),

        .target(
            name: "Packaging",
            dependencies: [
                "CLibArchive",
                "Containers",
                "FileSafety",
                "Fixity",
                systemPackage,
            ]
        ),
        .testTarget(
            name: "PackagingTests",
            dependencies: ["Containers", "FileSafety", "Fixity", "Packaging", "TestSupport", systemPackage]
        ),

        .target(name: "Acts", dependencies: ["RecordsModel"]),
        .testTarget(name: "ActsTests", dependencies: ["Acts", "RecordsModel", "TestSupport", systemPackage]),

        .target(name: "Retention", dependencies: ["Acts", "OfficeFiles", "RecordsModel"]),
        .testTarget(
            name: "RetentionTests",
            dependencies: ["OfficeFiles", "RecordsModel", "Retention", "TestSupport", systemPackage],
            exclude: ["reference.py"]
        ),

        .target(name: "Disposal", dependencies: ["Acts", "RecordsModel", "Retention"]),
        .testTarget(name: "DisposalTests", dependencies: ["Acts", "Disposal", "RecordsModel", "Retention"]),

        .target(name: "Loans", dependencies: ["Acts", "RecordsModel"]),
        .testTarget(name: "LoansTests", dependencies: ["Acts", "Loans", "RecordsModel"]),

        .target(name: "Dossiers", dependencies: ["Acts", "RecordsModel"]),
        .testTarget(name: "DossiersTests", dependencies: ["Acts", "Dossiers", "RecordsModel"]),

        .target(
            name: "Signatures",
            dependencies: [
                "CLibCryptoCMS",
                "CLibQPDF",
                "RecordsModel",
            ]
        ),
        .testTarget(
            name: "SignaturesTests",
            dependencies: ["RecordsModel", "Signatures", "TestSupport", systemPackage],
            exclude: ["cases.py", "draw.py"]
        ),

        .target(
            name: "TextExtraction",
            dependencies: [
                "BoundedProcess",
                "CExpat",
                "CHEIF",
                "CLeptonica",
                "CLibQPDF",
                "CMagic",
                "CTIFF",
                "Containers",
                "CWebP",
                "FileSafety",
                systemPackage,
            ]
        ),
        .testTarget(
            name: "TextExtractionTests",
            dependencies: ["BoundedProcess", "Containers", "TestSupport", "TextExtraction", "berkas", systemPackage],
            exclude: ["Pictures"]
        ),

        // MARK: - What the archive does

        .target(
            name: "ArchiveHome",
            dependencies: [
                "Acts",
                "Catalogue",
                "Disposal",
                "Dossiers",
                "FileSafety",
                "Fixity",
                "Ledger",
                "Loans",
                "OCFLStore",
                "OfficeFiles",
                "RecordsModel",
                "TextExtraction",
                systemPackage,
            ],
            resources: [
                .embedInCode("../../Archive/policy/access.csv"),
                .embedInCode("../../Archive/policy/classification.csv"),
                .embedInCode("../../Archive/policy/disposal-evidence.csv"),
                .embedInCode("../../Archive/policy/holidays.csv"),
                .embedInCode("../../Archive/policy/people.csv"),
                .embedInCode("../../Archive/policy/retention/contoh.csv"),
                .embedInCode("../../Archive/policy/roles.csv"),
                .embedInCode("../../Archive/policy/sop-rkt.yaml"),
            ]
        ),
        .testTarget(
            name: "ArchiveHomeTests",
            dependencies: [
                "Acts", "ArchiveHome", "Catalogue", "Disposal", "Dossiers", "FileSafety", "Ledger", "Loans",
                "Operations",
                "RecordsModel", "TestArchives", "TestSupport", systemPackage,
            ]
        ),

        .target(
            name: "Operations",
            dependencies: [
                "Acts",
                "ArchiveHome",
                "BoundedProcess",
                "Catalogue",
                "Containers",
                "Disposal",
                "Dossiers",
                "FileSafety",
                "Fixity",
                "Intake",
                "Ledger",
                "Loans",
                "OCFLStore",
                "OfficeFiles",
                "Packaging",
                "RecordsModel",
                "Reporting",
                "Retention",
                "Signatures",
                "TextExtraction",
                systemPackage,
            ],
            resources: [
                .embedInCode("../../Schemas/record.schema.json"),
                .embedInCode("../../Schemas/ledger-event.schema.json"),
                .embedInCode("Proof/periksa.py"),
            ]
        ),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Acts", "ArchiveHome", "BoundedProcess", "Catalogue", "FileSafety", "Fixity", "Intake", "Ledger",
                "OCFLStore", "OfficeFiles", "Operations", "Packaging", "RecordsModel", "Signatures", "TestArchives",
                "TestSupport",
                systemPackage,
            ]
        ),

        .target(
            name: "Reporting",
            dependencies: [
                "Acts",
                "BoundedProcess",
                "CLibXlsxWriter",
                "Disposal",
                "Dossiers",
                "FileSafety",
                "OfficeFiles",
                "RecordsModel",
                mustache,
                systemPackage,
            ],
            resources: [
                .embedInCode("Renderers/stand-alone.py"),
                .embedInCode("../../Archive/templates/berita-acara.mustache"),
                .embedInCode("../../Archive/templates/daftar.mustache"),
                .embedInCode("../../Archive/templates/gaya.mustache"),
                .embedInCode("../../Archive/templates/kop.mustache"),
                .embedInCode("../../Archive/templates/label.mustache"),
                .embedInCode("../../Archive/templates/qr.mustache"),
                .embedInCode("../../Archive/templates/sampul.mustache"),
                .embedInCode("../../Archive/templates/tabel.mustache"),
                .embedInCode("../../Archive/templates/tanda-tangan.mustache"),
                .embedInCode("../../Archive/templates/titik-periksa.mustache"),
            ]
        ),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Acts", "BoundedProcess", "Disposal", "OfficeFiles", "RecordsModel", "Reporting", "TestSupport",
                systemPackage,
            ],
            exclude: ["Peers"]
        ),

        // MARK: - The command line

        .target(
            name: "BerkasCommands",
            dependencies: [
                "Acts",
                "ArchiveHome",
                "BoundedProcess",
                "Catalogue",
                "Containers",
                "Disposal",
                "Dossiers",
                "FileSafety",
                "Fixity",
                "Intake",
                "Ledger",
                "Loans",
                "OCFLStore",
                "OfficeFiles",
                "Operations",
                "Packaging",
                "RecordsModel",
                "Reporting",
                "Retention",
                "Signatures",
                "TextExtraction",
                argumentParser,
                systemPackage,
            ]
        ),
        .executableTarget(
            name: "berkas",
            dependencies: ["BerkasCommands", "TextExtraction"],
            // All symbols are bound at the start, and the tables that say where is what are read-only from then on.
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"])
            ]
        ),

        // MARK: - Tests that span modules

        .target(name: "TestSupport", dependencies: [systemPackage], path: "Tests/TestSupport"),
        .target(
            name: "TestArchives",
            dependencies: [
                "ArchiveHome",
                "Catalogue",
                "FileSafety",
                "Intake",
                "Operations",
                "RecordsModel",
                "TestSupport",
                systemPackage,
            ],
            path: "Tests/TestArchives"
        ),
        .testTarget(
            name: "AnomalyTests",
            dependencies: [
                "Acts", "ArchiveHome", "Catalogue", "Disposal", "Dossiers", "FileSafety", "Fixity", "Intake", "Ledger",
                "Loans", "OCFLStore", "Operations", "Packaging",
                "RecordsModel", "Reporting", "TestArchives", "TestSupport", "berkas", systemPackage,
            ]
        ),
        .testTarget(name: "CommandLineTests", dependencies: ["TestSupport", "berkas", systemPackage]),
        .executableTarget(
            name: "store-bench",
            dependencies: [
                "FileSafety",
                "Fixity",
                "OCFLStore",
                systemPackage,
            ],
            path: "Tests/Benchmarks/StoreBench"
        ),
        .executableTarget(
            name: "reading-bench",
            dependencies: ["BoundedProcess", "TextExtraction", systemPackage],
            path: "Tests/Benchmarks/ReadingBench"
        ),
        .executableTarget(
            name: "retention-bench",
            dependencies: ["Catalogue", "RecordsModel", "Retention", systemPackage],
            path: "Tests/Benchmarks/RetentionBench"
        ),
        .executableTarget(
            name: "search-bench",
            dependencies: ["Catalogue", "RecordsModel", systemPackage],
            path: "Tests/Benchmarks/SearchBench"
        ),
        .testTarget(name: "RepositoryTests", dependencies: ["TestSupport", systemPackage]),
    ],
    swiftLanguageModes: [.v6]
)

// What `make fuzz` builds, and nothing else does: see Tests/Fuzzing/README.md.
if Context.environment["BERKAS_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzzing/CLibFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CLibFuzzer",
                "Containers",
                "Disposal",
                "FileSafety",
                "Intake",
                "OCFLStore",
                "OfficeFiles",
                "Packaging",
                "RecordsModel",
                "Retention",
                "Signatures",
                systemPackage,
            ],
            path: "Tests/Fuzzing/Fuzz"
        ),
    ]
}

// One set of settings for every Swift target. Each flag is an accepted proposal of Swift Evolution:
// https://github.com/swiftlang/swift-evolution (SE-0335, SE-0409, SE-0444, SE-0461, SE-0470, SE-0458, SE-0443).
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
