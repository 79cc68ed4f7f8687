import Acts
import ArchiveHome
import Disposal
import FileSafety
import Fixity
import Foundation
import Ledger
import OCFLStore
import Packaging
import RecordsModel
import SystemPackage

/// A record as a package of another archive holds it.
struct PackagedRecord {
    /// A version of it.
    struct Version {
        let number: Int
        let document: RecordDocument
        /// SHA-512 of `record.json`.
        let documentDigest: Digest
        /// SHA-512 of the inventory.
        let inventoryDigest: Digest
        /// The version as it will lie in the store.
        let replica: ReplicaVersion
        /// Length of the record's files in bytes.
        let bytes: Int
    }

    let id: RecordID
    /// The OCFL id that it has in the archive that it comes from.
    let object: String
    /// From 1, without a gap.
    let versions: [Version]
    /// What the package tells of its past, in order.
    let events: [JSONValue]

    /// What a person sees of it beside another.
    var summary: String {
        guard let last = versions.last?.document else { return object }
        let number = last.description.number.map { " [\($0)]" } ?? ""
        return "'\(last.description.title)'\(number), received \(last.received), \(object)"
    }
}

/// Reads the records out of a staged package, and holds all that it says against itself.
///
/// The bag is valid by then: every byte is the one that its manifests name. What is asked here is whether the parts mean
/// what they must: `record.json`, inventory and events of each version agree, and nothing is missing or left over.
struct PackagedRecords {
    private let bag: StagedBag
    private(set) var records: [PackagedRecord] = []
    /// What is wrong; with any of it the package is refused whole.
    private(set) var faults: [Fault] = []

    private static let document = ExactText("record.json")
    private static let inventory = ExactText("inventory.json")
    private static let documentLimit = 16 << 20
    private static let inventoryLimit = 256 << 20

    /// Whether a bag is a package that Berkas made, by what lies in it.
    static func isPackage(_ bag: StagedBag) -> Bool {
        bag.file(PackageLayout.events) != nil && bag.file(PackageLayout.checkpoint) != nil
    }

    /// What `names.jsonl` says, by the paths; nil for a package of the time before it.
    private var names: [ExactText: JSONValue]?

    init(_ bag: StagedBag) throws {
        self.bag = bag
        try readNames()
        let events = try readEvents()
        for (id, versions) in try readFolders() {
            guard let record = try read(id, versions, events: events[id] ?? []) else { continue }
            records.append(record)
        }
        records.sort { $0.id < $1.id }
        checkNamesAreUsed()
        if records.isEmpty, faults.isEmpty { refuse(nil, "the package holds no records") }
    }

    /// The path of a staged file.
    func path(of file: StagedFile) -> FilePath {
        bag.folder.pushing(FilePath(String(decoding: file.path, as: UTF8.self)))
    }

    private mutating func refuse(_ subject: String?, _ message: String) {
        let remedy = "ask the archive that sent it for another package; nothing was imported"
        faults.append(Fault(value: subject, message: subject.map { "\($0): \(message)" } ?? message, remedy: remedy))
    }

    // MARK: - The ledger's part

    private mutating func readEvents() throws -> [RecordID: [JSONValue]] {
        guard let file = bag.file(PackageLayout.events) else { return [:] }
        var events: [RecordID: [JSONValue]] = [:]
        var number = 0
        var problems: [(Int, String)] = []
        try LineReader.read(path(of: file), limit: 16 << 20) { line, _ in
            number += 1
            guard let value = try? CanonicalJSON.decode(JSONValue.self, from: Data(line)),
                let event = try? CanonicalJSON.decode(Event.self, from: Data(line)),
                let id = event.record.flatMap({ RecordID($0) })
            else {
                problems.append((number, "is no event of a record"))
                return
            }
            guard Array(try CanonicalJSON.line(value)) == line else {
                problems.append((number, "is not written as a ledger writes it"))
                return
            }
            // It will decide about the record here, too: what cannot be read must not come in.
            if let fault = try Self.carriedReviewFault(event) { problems.append((number, fault)) }
            events[id, default: []].append(value)
        }
        for (line, problem) in problems { refuse("line \(line) of \(PackageLayout.events)", problem) }
        return events
    }

    /// Why a closed review that came along cannot be taken over; nil for one that can, and for any other event.
    private static func carriedReviewFault(_ event: Event) throws -> String? {
        for event in [event] + (try event.carried()) where event.event == .reviewClosed {
            do throws(EventFault) { _ = try ReviewClosed(of: event) } catch {
                return "tells of a review that cannot be: \(error)"
            }
        }
        return nil
    }

    // MARK: - Names

    private mutating func readNames() throws {
        guard let file = bag.file(PackageLayout.names) else { return }
        var said: [ExactText: JSONValue] = [:]
        var number = 0
        var problem: Int?
        try LineReader.read(path(of: file), limit: 1 << 20) { line, _ in
            number += 1
            guard let value = try? CanonicalJSON.decode(JSONValue.self, from: Data(line)),
                let path = value["path"]?.text, value["name"]?.text != nil,
                said.updateValue(value, forKey: ExactText(path)) == nil
            else {
                problem = problem ?? number
                return
            }
        }
        if let problem { refuse("line \(problem) of \(PackageLayout.names)", "does not say what a file is called") }
        names = said
    }

    /// The staged file of a path, under the name that a package gives it; nil where it is not there, or called otherwise.
    private mutating func take(
        _ path: String,
        _ said: RecordFile?,
        in folder: String,
        _ files: [ExactText: StagedFile]
    ) -> ExactText? {
        let place = PackageLayout.place(of: path, said)
        let isOwn = ExactText(place) == ExactText(path) && said?.nameBytes == nil
        if !isOwn, let line = names?.removeValue(forKey: ExactText(folder + place)) {
            // What a person reads there is what is kept here.
            let expected = PackageLayout.line(path: folder + place, name: path, nameBytes: said?.nameBytes)
            return line == .object(expected) ? ExactText(place) : nil
        }
        // Packages of the time before `names.jsonl` had names as they are, but for what was written by a percent sign.
        return isOwn ? ExactText(place) : ExactText(PackageLayout.earlierPlace(of: path))
    }

    /// A line that names no file of a record tells somebody who reads it what is not so.
    private mutating func checkNamesAreUsed() {
        let left = (names ?? [:]).keys.map(\.text).filter { $0.behind(PackageLayout.records) != nil }
        guard faults.isEmpty, let first = left.min() else { return }
        refuse(PackageLayout.names, "'\(first.displayed)' is no file that stands under another name")
    }

    // MARK: - The records' part

    /// The files of each record by version and by path within the version.
    private typealias Folders = [RecordID: [Int: [ExactText: StagedFile]]]

    private mutating func readFolders() throws -> Folders {
        var folders: Folders = [:]
        for file in bag.payload {
            let path = String(decoding: file.path, as: UTF8.self)
            guard let rest = path.behind(PackageLayout.records) else { continue }
            let parts = rest.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let id = RecordID(String(Substring(parts[0]))),
                id.description.utf8.elementsEqual(parts[0]),
                let version = VersionNumber(String(Substring(parts[1])))
            else {
                refuse(path.displayed, "the file belongs to no record")
                continue
            }
            let place = ExactText(String(decoding: parts[2], as: UTF8.self))
            folders[id, default: [:]][version.number, default: [:]][place] = file
        }
        return folders
    }

    private mutating func read(
        _ id: RecordID,
        _ folders: [Int: [ExactText: StagedFile]],
        events: [JSONValue]
    ) throws -> PackagedRecord? {
        let numbers = folders.keys.sorted()
        guard numbers == Array(1...numbers.count) else {
            refuse(id.description, "its versions are not numbered 1, 2, 3 …")
            return nil
        }
        let entered = Self.inventories(in: events)
        var versions: [PackagedRecord.Version] = []
        var inventories: [Inventory] = []
        for number in numbers {
            guard let files = folders[number],
                let (version, inventory) = try read(id, number, files, entered: entered[number])
            else {
                return nil
            }
            versions.append(version)
            inventories.append(inventory)
        }
        guard let newest = inventories.last, newest.id.utf8.count > id.description.utf8.count,
            newest.id.utf8.reversed().starts(with: id.description.utf8.reversed())
        else {
            refuse(id.description, "its inventory calls it '\(inventories.last?.id.displayed ?? "")'")
            return nil
        }
        // The newest inventory says what every earlier one said at its time, or the history was rewritten.
        for (number, version) in zip(numbers, versions) {
            guard newest.asOf(VersionNumber(number)).json() == version.replica.inventory else {
                refuse("\(id)@v\(number)", "its inventory does not agree with that of the newest version")
                return nil
            }
        }
        if let file = folders[numbers.count]?[Self.inventory] {
            var broken: OCFLFinding?
            _ = try OCFLValidator().validate(path(of: file)) { finding in
                if finding.severity == .error, broken == nil { broken = finding }
            }
            if let broken {
                refuse(id.description, "its inventory breaks the rule \(broken.code) of OCFL: \(broken.found)")
                return nil
            }
        }
        return PackagedRecord(id: id, object: newest.id, versions: versions, events: events)
    }

    private mutating func read(
        _ id: RecordID,
        _ number: Int,
        _ files: [ExactText: StagedFile],
        entered: String?
    ) throws -> (PackagedRecord.Version, Inventory)? {
        let subject = "\(id)@v\(number)"
        guard let documentFile = files[Self.document], let inventoryFile = files[Self.inventory],
            let documentDigest = documentFile.digest(.sha512), let inventoryDigest = inventoryFile.digest(.sha512)
        else {
            refuse(subject, "'record.json' or 'inventory.json' is missing")
            return nil
        }
        let documentBytes = try OpenFile.content(of: path(of: documentFile), limit: Self.documentLimit)
        guard let document = try? CanonicalJSON.decode(RecordDocument.self, from: Data(documentBytes)),
            document.id == id.description, document.version == number, document.description.year == id.year
        else {
            refuse(subject, "'record.json' is none, or tells of another record")
            return nil
        }
        let inventoryBytes = try OpenFile.content(of: path(of: inventoryFile), limit: Self.inventoryLimit)
        guard let inventory = try? Inventory(json: inventoryBytes), inventory.headNumber?.number == number,
            let shown = inventory.files(in: VersionNumber(number))
        else {
            refuse(subject, "'inventory.json' is no OCFL inventory of this version")
            return nil
        }
        guard entered == inventoryDigest.hex else {
            refuse(subject, "the events of the package do not tell of this version's inventory")
            return nil
        }
        let folder = PackageLayout.folder(of: id, version: number)
        guard let content = match(document, shown, files, folder, subject) else { return nil }
        guard let new = Self.newContent(of: number, in: inventory, content) else {
            refuse(subject, "its inventory names content that is not in the package")
            return nil
        }
        let replica = ReplicaVersion(
            number: VersionNumber(number),
            inventory: inventoryBytes,
            content: new.map { (path: $0, source: path(of: $1)) }
        )
        let version = PackagedRecord.Version(
            number: number,
            document: document,
            documentDigest: documentDigest,
            inventoryDigest: inventoryDigest,
            replica: replica,
            bytes: document.files.reduce(0) { $0 + $1.size }
        )
        return (version, inventory)
    }

    /// Holds the files of a version against what its inventory and `record.json` say of them.
    ///
    /// - Returns: the staged file of each digest; nil where something does not agree.
    private mutating func match(
        _ document: RecordDocument,
        _ shown: [LogicalFile],
        _ files: [ExactText: StagedFile],
        _ folder: String,
        _ subject: String
    ) -> [String: StagedFile]? {
        guard document.files.allSatisfy({ $0.trueName != nil }) else {
            refuse(subject, "'record.json' gives a file a name that does not belong to its path")
            return nil
        }
        let said = Dictionary(document.files.map { (ExactText($0.path), $0) }, uniquingKeysWith: { first, _ in first })
        var left = Set(files.keys).subtracting([Self.inventory])
        var byDigest: [String: StagedFile] = [:]
        for file in shown {
            let place = take(file.path, said[ExactText(file.path)], in: folder, files)
            guard let place, left.remove(place) != nil, let staged = files[place],
                staged.digest(.sha512)?.hex == file.digest
            else {
                refuse(subject, "'\(file.path.displayed)' is not in the package as the inventory has it")
                return nil
            }
            byDigest[file.digest] = staged
        }
        if let stranger = left.map(\.text).min() {
            refuse(subject, "the inventory knows nothing of '\(stranger.displayed)'")
            return nil
        }
        // `record.json` names the files as received; beside them a version may hold the tag files of a bag.
        let described = Set(document.files.map { ExactText($0.path) })
        let received = Set(shown.map(\.path).filter { $0.behind("files/") != nil }.map { ExactText($0) })
        let agrees = document.files.allSatisfy { said in
            byDigest[said.sha512]?.size == said.size
                && shown.contains { $0.digest == said.sha512 && ExactText($0.path) == ExactText(said.path) }
        }
        guard described == received, agrees, !document.files.isEmpty else {
            refuse(subject, "'record.json' names other files than the package holds")
            return nil
        }
        return byDigest
    }

    /// The content that a version adds: content path and staged file; nil where the package lacks one.
    private static func newContent(
        of number: Int,
        in inventory: Inventory,
        _ byDigest: [String: StagedFile]
    ) -> [(String, StagedFile)]? {
        var content: [(String, StagedFile)] = []
        for (digest, paths) in inventory.manifest {
            guard paths.count == 1 else { return nil }
            guard paths[0].behind("v\(number)/content/") != nil else { continue }
            guard let staged = byDigest[digest] else { return nil }
            content.append((paths[0], staged))
        }
        return content.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    }

    /// The inventories that events entered: SHA-512 by version.
    private static func inventories(in events: [JSONValue]) -> [Int: String] {
        var entered: [Int: String] = [:]
        for value in events {
            if case .object(let said) = value["detail"]?["inventories"] {
                for (name, digest) in said { entered[VersionNumber(name)?.number ?? 0] = digest.text }
            } else if let version = value["version"]?.number, let digest = value["detail"]?["inventory"]?.text {
                entered[version] = digest
            }
        }
        return entered
    }
}
