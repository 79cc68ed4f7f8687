package import Catalogue
package import OCFLStore
package import RecordsModel
import SystemPackage

extension ArchiveWriter {
    /// What a group of changes adds.
    package struct Group {
        /// An object that was staged, and whether it is new.
        package struct Object {
            let staged: StagedObject
            let isNew: Bool

            /// The name of its folder in the work folder's `objects/`.
            var number: Int {
                guard let number = staged.folder.lastComponent.flatMap({ Int($0.string) }) else {
                    preconditionFailure("an object was staged in a folder that is no number")
                }
                return number
            }
        }

        /// An event, without its place in the ledger, and the versions that it brings in.
        package struct Entry: Sendable {
            let event: Event
            let versions: [CatalogueEntry.KeptVersion]

            /// An event out of its parts.
            package init(_ event: Event, versions: [CatalogueEntry.KeptVersion] = []) {
                self.event = event
                self.versions = versions
            }
        }

        /// What goes from the home: an object, and what was made of it.
        package struct Removal {
            /// The OCFL id.
            let object: String
            /// Names of packages in `packages/` that hold it.
            let packages: [String]
            /// SHA-512 of contents that no other record has: what was derived from them goes too.
            let contents: [String]
        }

        private(set) var objects: [Object] = []
        private(set) var packages: [String] = []
        private(set) var removals: [Removal] = []
        private(set) var entries: [Entry] = []
        /// Whether the log is closed first, so that the events begin a new file of it.
        package var closesLog = false

        /// Whether there is nothing to do.
        package var isEmpty: Bool {
            objects.isEmpty && packages.isEmpty && removals.isEmpty && entries.isEmpty && !closesLog
        }

        /// Adds an event, with the versions that it brings in.
        package mutating func add(_ event: Event, versions: [CatalogueEntry.KeptVersion] = []) {
            entries.append(Entry(event, versions: versions))
        }

        /// Adds events that bring in no bytes.
        package mutating func add(_ events: [Event]) { entries += events.map { Entry($0) } }

        /// Adds events with the versions that each brings in.
        package mutating func add(_ more: [Entry]) { entries += more }

        /// Adds an object that was staged in the work folder's `objects/`.
        package mutating func install(_ staged: StagedObject, isNew: Bool) {
            objects.append(Object(staged: staged, isNew: isNew))
        }

        /// Adds a package by the name of its file in the work folder's `packages/`, where its `.sha512` lies too.
        package mutating func install(package name: String) { packages.append(name) }

        /// Takes an object away before the events are entered, with what was made of it.
        ///
        /// - Parameters:
        ///   - object: the OCFL id.
        ///   - packages: names of packages in `packages/` that hold it.
        ///   - contents: SHA-512 of contents that no other record has: what was derived from them goes too.
        package mutating func remove(_ object: String, packages: [String], contents: [String]) {
            removals.append(Removal(object: object, packages: packages, contents: contents))
        }
    }
}
