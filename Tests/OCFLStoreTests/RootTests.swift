import FileSafety
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

/// Every code that can be told of a storage root, each for a case that is made here.
enum RootCases {
    typealias Case = CodeTests.Case

    static let all = declaration + layout + hierarchy + objects

    private static let declaration = [
        Case("E069", "no declaration") { try remove($0, "0=ocfl_1.1") },
        Case("E069 E077", "a declaration without its equals sign") { try move($0, "0=ocfl_1.1", "0ocfl_1.1") },
        Case("E069 E078", "a declaration with another number") { try move($0, "0=ocfl_1.1", "3=ocfl_1.1") },
        Case("E069 E079", "a declaration of a version that is not published") {
            try move($0, "0=ocfl_1.1", "0=ocfl_9.9")
        },
        Case("E075", "a declaration that is a folder") {
            try remove($0, "0=ocfl_1.1")
            try folder($0, "0=ocfl_1.1")
        },
        Case("E076", "two declarations") { try write($0, "0=ocfl_1.0", "ocfl_1.0\n") },
        Case("E080", "a declaration without its line feed") { try write($0, "0=ocfl_1.1", "ocfl_1.1") },
        Case("E080", "a declaration that says another version") { try write($0, "0=ocfl_1.1", "ocfl_1.0\n") },
    ]

    private static let config = "extensions/0003-hash-and-id-n-tuple-storage-layout/config.json"

    private static let layout = [
        Case("E070", "a layout that is no JSON") { try write($0, "ocfl_layout.json", "{") },
        Case("E070", "a layout without description") {
            try write($0, "ocfl_layout.json", #"{"extension": "0002-flat-direct-storage-layout"}"#)
        },
        Case("E070 E073", "a layout that is a folder") {
            try remove($0, "ocfl_layout.json")
            try folder($0, "ocfl_layout.json")
        },
        Case("E071", "a layout that nobody registered") {
            try write($0, "ocfl_layout.json", #"{"extension": "9999-ours", "description": "x"}"#)
        },
        Case("E071", "parameters beyond what is registered") {
            try write($0, config, #"{"extensionName": "0003-hash-and-id-n-tuple-storage-layout", "tupleSize": 33}"#)
        },
        Case("E071", "parameters of another extension") { try write($0, config, #"{"extensionName": "0004"}"#) },
        Case("E071", "parameters that are no JSON") { try write($0, config, "x") },
        Case("E083 W014", "parameters under which the object lies elsewhere") {
            try write($0, config, #"{"extensionName": "0003-hash-and-id-n-tuple-storage-layout", "tupleSize": 2}"#)
        },
        Case("E083", "a layout that this program does not know") {
            let text = #"{"extension": "0010-differential-n-tuple-omit-prefix-storage-layout", "description": "x"}"#
            try write($0, "ocfl_layout.json", text)
        },
        Case("E081 E086", "a file among the extensions, in OCFL 1.0") {
            try move($0, "0=ocfl_1.1", "0=ocfl_1.0")
            try write($0, "0=ocfl_1.0", "ocfl_1.0\n")
            try write($0, "extensions/notes.txt", "x")
        },
        Case("E112", "a file among the extensions") { try write($0, "extensions/notes.txt", "x") },
        Case("W016", "an extension that nobody registered") { try write($0, "extensions/9999-ours/config.json", "{}") },
        Case("E073 W016", "an extension without anything") { try folder($0, "extensions/9999-ours") },
    ]

    private static let hierarchy = [
        Case("E072 E088", "a folder of files") { try write($0, "notes/x.txt", "x") },
        Case("E072 E084", "a file on the way to an object") { try write($0, "\(way($0, 2))/x.txt", "x") },
        Case("E072 E085", "a branch that ends without an object") { try write($0, "\(way($0, 1))/notes/x.txt", "x") },
        Case("E073", "an empty folder") { try folder($0, "abc/def") },
        Case("E074 E072 E088", "a storage root in the storage root") { try write($0, "abc/0=ocfl_1.1", "ocfl_1.1\n") },
        Case("E087", "files that are no business of OCFL") {
            for name in ["README.txt", "0=pairtree_0.1", "my_ocfl_notes=1.txt", "0_ocfl_notes.txt"] {
                try write($0, name, "x")
            }
        },
        Case("E089", "a FIFO on the way to an object") {
            let place = $0.path.pushing(FilePath("\(way($0, 2))/pipe")).string
            let made = try Tool.run("mkfifo", [place])
            #expect(made.status == 0)
        },
        Case("E090", "a link on the way to an object") {
            let place = $0.path.pushing(FilePath("\(way($0, 2))/link")).string
            try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: "..")
        },
        Case("E090", "a second name of the layout") {
            let place = $0.path.appending("ocfl_layout.json").string
            try FileManager.default.linkItem(atPath: place, toPath: Scratch.folder.appending("name").string)
        },
    ]

    private static let objects = [
        Case("E081", "an object of a later version than its root") {
            try move($0, "0=ocfl_1.1", "0=ocfl_1.0")
            try write($0, "0=ocfl_1.0", "ocfl_1.0\n")
        },
        Case("E083", "an object elsewhere than its id says") {
            let old = try $0.object
            let new = $0.path.pushing("abc/def/012/somewhere")
            try DurableFiles().makeDirectories(new.removingLastComponent())
            try DurableFiles().rename(old, to: new)
            try removeAbove(old, $0)
        },
        Case("E037 E083", "an object twice") {
            let new = $0.path.pushing("abc/def/012/somewhere")
            try DurableFiles().makeDirectories(new.removingLastComponent())
            let copied = try Tool.run("cp", ["-a", $0.object.string, new.string])
            #expect(copied.status == 0)
        },
        Case("E003", "an object that lost its declaration") { try $0.remove("0=ocfl_object_1.1") },
        Case("W014 W015", "objects both below the root and in folders") { sample in
            try remove(sample, "ocfl_layout.json")
            try copy(sample, to: "top", id: "urn:top")
        },
        Case("W014", "objects in two layouts") { sample in
            try remove(sample, "ocfl_layout.json")
            // Where layout 0007 puts it.
            try copy(sample, to: "00t/op1/234/top1234", id: "urn:top1234", tuples: true)
        },
    ]

    // MARK: - Helpers

    private static func place(_ sample: StoreSample, _ path: String) -> FilePath { sample.path.pushing(FilePath(path)) }

    /// The first folders on the way to the object.
    static func way(_ sample: StoreSample, _ count: Int) -> String {
        (sample.root.relativePath(of: StoreSample.id) ?? "").split(separator: "/").prefix(count).joined(separator: "/")
    }

    static func write(_ sample: StoreSample, _ path: String, _ text: String) throws {
        let file = place(sample, path)
        try DurableFiles().makeDirectories(file.removingLastComponent())
        try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
    }

    static func folder(_ sample: StoreSample, _ path: String) throws {
        try DurableFiles().makeDirectories(place(sample, path))
    }

    static func remove(_ sample: StoreSample, _ path: String) throws {
        try DurableFiles().removeTree(place(sample, path))
    }

    static func move(_ sample: StoreSample, _ old: String, _ new: String) throws {
        try DurableFiles().rename(place(sample, old), to: place(sample, new))
    }

    /// Removes the folders that led to an object and are empty now.
    static func removeAbove(_ object: FilePath, _ sample: StoreSample) throws {
        var folder = object.removingLastComponent()
        while folder != sample.path {
            try DurableFiles().removeTree(folder)
            folder = folder.removingLastComponent()
        }
    }

    /// Copies the object to another place, under another id.
    static func copy(_ sample: StoreSample, to path: String, id: String, tuples: Bool = false) throws {
        let new = place(sample, path)
        try DurableFiles().makeDirectories(new.removingLastComponent())
        #expect(try Tool.run("cp", ["-a", sample.object.string, new.string]).status == 0)
        for folder in ["", "v1", "v2"] {
            let inventory = new.pushing(FilePath(folder)).appending("inventory.json").string
            let text = try String(contentsOfFile: inventory, encoding: .utf8).replacing(StoreSample.id, with: id)
            try Data(text.utf8).write(to: URL(fileURLWithPath: inventory))
            let digest = try Tool.run("sha512sum", [inventory]).text.prefix(128)
            try Data("\(digest) inventory.json\n".utf8).write(to: URL(fileURLWithPath: inventory + ".sha512"))
        }
    }
}

@Suite(.scratch)
struct RootTests {
    @Test(arguments: RootCases.all)
    func `a fault in a storage root is told by its code, and by no other`(_ made: CodeTests.Case) throws {
        let sample = try StoreSample.withObject()
        #expect(try sample.strays().isEmpty)
        try made.make(sample)
        var found: [OCFLFinding] = []
        let summary = try OCFLValidator().validate(sample.path) { found.append($0) }
        let codes = Set(found.map(\.code.rawValue))
        #expect(codes == made.codes, "\(found.map { "\($0.code) \($0.object ?? "-") \($0.path ?? "-"): \($0.found)" })")
        #expect(summary.subject == .storageRoot)
        #expect(summary.unread.isEmpty)
        #expect(summary.isValid == found.allSatisfy { $0.severity != .error })
    }

    @Test func `a root is found with its objects, in the order of their paths, and no strays`() throws {
        let sample = try StoreSample()
        #expect(try OCFLValidator().outline(sample.path).objects.isEmpty)
        let ids = (1...20).map { "tag:office.example,2026:RKT-2024-\($0)" }
        for id in ids { try sample.add([StoreSample.version(["record.json": id])], to: id) }
        let outline = try OCFLValidator().outline(sample.path)
        #expect(outline.findings.isEmpty && outline.unread.isEmpty)
        let places = ids.compactMap { sample.root.relativePath(of: $0) }
        #expect(outline.objects.map(\.string) == places.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        let summary = try OCFLValidator().validate(sample.path) { Issue.record("\($0)") }
        #expect(summary.objects == 20 && summary.validObjects == 20 && summary.files == 20)
    }

    @Test func `findings come object by object, in the order of the paths, whoever was read first`() throws {
        let sample = try StoreSample()
        let ids = (1...30).map { "tag:office.example,2026:RKT-2024-\($0)" }
        for id in ids {
            try sample.add([StoreSample.version(["record.json": id])], to: id)
            let file = try sample.root.folder(of: id).pushing("v1/content/record.json")
            try Data("other".utf8).write(to: URL(fileURLWithPath: file.string))
        }
        var told: [String] = []
        let summary = try OCFLValidator().validate(sample.path) { told.append($0.object ?? "-") }
        #expect(told.count == 30 && told == told.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(summary.objects == 30 && summary.validObjects == 0 && summary.errors == 30)
    }

    @Test func `an object that cannot be opened is told as not looked at, and the others are looked at`() throws {
        let sample = try StoreSample.withObject()
        // A chain of folders deeper than any that is opened.
        var deep = sample.path
        for _ in 0..<260 { deep.append("d") }
        try DurableFiles().makeDirectories(deep)
        let summary = try OCFLValidator().validate(sample.path) { _ in }
        #expect(summary.unread.count == 1)
        #expect(summary.objects == 1 && summary.validObjects == 1)
        #expect(!summary.isValid)
    }
}
