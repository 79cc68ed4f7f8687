// Writes the files of a folder as one object of a new storage root, every sync included: `store-bench SOURCE ROOT`.
// What bench_ocfl.py times; the store's own calls, as an ingest makes them, without an archive round them.
import Dispatch
import FileSafety
import Fixity
import Foundation
import Glibc
import OCFLStore
import Synchronization
import SystemPackage

let source = FilePath(CommandLine.arguments[1])
let target = FilePath(CommandLine.arguments[2])
let files = DurableFiles()
let staging = FilePath(target.string + ".staging")
try files.makeDirectory(staging)
let root = try StorageRoot.create(at: target, files: files)

let names = (FileManager.default.enumerator(atPath: source.string)?.compactMap { $0 as? String } ?? [])
    .filter { $0.hasSuffix(".bin") }.sorted()
let batch = try DirectoryHandle.open(source)
let read = Mutex<[NewVersion.File?]>(Array(repeating: nil, count: names.count))
let next = Atomic(0)
DispatchQueue.concurrentPerform(iterations: 2) { _ in
    let digester = FileDigester()
    do {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < names.count else { return }
            let staged = staging.appending("\(index)")
            let copy = try OpenFile.creating(staged)
            let reading = try unsafe digester.read(try batch.openFile(at: FilePath(names[index]))) { piece in
                try unsafe copy.write(piece)
            }
            copy.startWriteback()
            let file = NewVersion.File(path: names[index], digest: reading.digest.hex, content: .staged(staged))
            read.withLock { $0[index] = file }
        }
    } catch {
        print("\(error)")
        exit(1)
    }
}

let version = NewVersion(
    created: "2026-11-24T08:00:00Z",
    message: "ingestion",
    user: Inventory.User(name: "x", address: "mailto:x@example.org"),
    files: read.withLock { $0.compactMap(\.self) }
)
let object = try StorageRoot.stage(
    "urn:bench",
    on: nil,
    versions: [version],
    in: staging.appending("object"),
    files: files
)
try files.syncFileSystem(holding: staging)
try root.installObject(object.id, from: object.folder, files: files)
try files.syncFileSystem(holding: target)
try files.removeTree(staging)
