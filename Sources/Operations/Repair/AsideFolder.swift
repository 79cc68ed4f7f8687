import ArchiveHome
import FileSafety
import Foundation
import RecordsModel
import SystemPackage

/// The folder of the home that keeps what a repair puts aside: `repair/DATE`, and behind it `-2`, `-3` where one is there.
///
/// ```
/// repair/2026-11-23/
///   list.txt       what was planned, written before the first step
///   ledger/ store/ packages/ staging/ strangers/ …   what was put aside, under the paths that it had
///   entered        there once the ledger holds the event
/// ```
struct AsideFolder {
    let path: FilePath
    private let home: Home
    private let files: DurableFiles

    static let list: FilePath.Component = "list.txt"
    static let entered: FilePath.Component = "entered"

    /// The next folder of a day; nothing is made yet.
    init(_ home: Home, on day: CivilDate, files: DurableFiles) {
        self.home = home
        self.files = files
        var number = 1
        var place = home.repair.appending("\(day)")
        while FileStatus.exists(place) {
            number += 1
            place = home.repair.appending("\(day)-\(number)")
        }
        path = place
    }

    /// Its path relative to the home.
    var name: String { "repair/" + (path.lastComponent?.string ?? "") }

    /// Makes it, with the list of what is going to be done.
    func begin(_ steps: [RepairStep]) throws {
        try makeDurably(home.repair)
        try makeDurably(path)
        let lines = steps.map { "\($0.area.rawValue)\t\($0.path ?? "-")\t\($0.what)\t\($0.why)\n" }.joined()
        let head =
            "What 'berkas repair' did here, a line a step: part, path, what, why nothing is lost.\n"
            + "What was put aside lies in this folder under the path that it had in the home.\n\n"
        try files.replace(path.appending(Self.list), (head + lines).utf8)
    }

    /// Where something is to be kept, its folders made; nothing lies there yet.
    func place(_ relative: String) throws -> FilePath {
        var place = path.pushing(FilePath(relative))
        var folder = path
        for component in place.removingLastComponent().components.dropFirst(path.components.count) {
            folder.append(component)
            try makeDurably(folder)
        }
        while FileStatus.exists(place) { place = FilePath(place.string + ".again") }
        return place
    }

    private func makeDurably(_ folder: FilePath) throws {
        guard !FileStatus.exists(folder) else { return }
        try files.makeDirectory(folder)
        try files.sync(folder.removingLastComponent())
    }

    /// Puts something of the home aside, under the path that it had.
    func keep(_ relative: String) throws {
        let source = home.path.pushing(FilePath(relative))
        guard FileStatus.exists(source) else { return }
        let place = try place(relative)
        try files.rename(source, to: place)
        try files.sync(place.removingLastComponent())
        try files.sync(source.removingLastComponent())
    }

    /// Marks the folder as told in the ledger.
    func markEntered() throws {
        guard FileStatus.exists(path), !FileStatus.exists(path.appending(Self.entered)) else { return }
        try files.create(path.appending(Self.entered), [])
        try files.sync(path)
    }
}

extension Home {
    /// What repairs put aside.
    var repair: FilePath { path.appending("repair") }
}
