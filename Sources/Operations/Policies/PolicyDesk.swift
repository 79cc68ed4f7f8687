package import Acts
package import ArchiveHome
import FileSafety
import Fixity
import Foundation
import OfficeFiles
package import RecordsModel
import SystemPackage

/// The policy files of a home as they lie there, held against those that were adopted.
///
/// Rights are always read in the version in force: a line that nobody adopted gives nobody anything.
package struct PolicyDesk: Sendable {
    /// A file as it lies there.
    package struct Found: Sendable {
        /// Which.
        package let file: PolicyFile
        /// What is in it; nil where there is no such file, or where it cannot be read.
        package let bytes: [UInt8]?
        /// Its text by its digest.
        package let text: PolicyText
        /// Why it cannot be read; nil where it can, or where there is none.
        package let problem: String?

        init(_ file: PolicyFile, in home: Home) {
            self.file = file
            var bytes: [UInt8]?
            var problem: String?
            let place = home.path.pushing(FilePath(file.path))
            if FileStatus.exists(place) {
                do { bytes = try OpenFile.content(of: place, limit: PolicyFiles.limit) } catch {
                    problem = error.reason
                }
            }
            if file == .settings { bytes = bytes.map { RehearsalCopy.unmarked($0, of: home) } }
            self.bytes = bytes
            self.problem = problem
            text = PolicyText(file: file.rawValue, sha512: bytes.map { Digest.of($0, .sha512).hex })
        }
    }

    /// The home.
    let home: Home
    /// Which texts were in force when.
    package let book: PolicyBook
    /// Every policy file as it lies there.
    package let found: [Found]

    /// Looks at each policy file once.
    ///
    /// - Throws: `EventFault` where an event of policies cannot be true.
    package init(_ home: Home, _ books: Books) throws {
        self.home = home
        book = try books.policies()
        found = PolicyFile.allCases.map { Found($0, in: home) }
    }

    /// The files that the ledger does not speak of yet.
    var unknown: [Found] { found.filter { $0.problem == nil && book.inForce($0.file) == nil } }

    /// The files that are otherwise than when somebody looked last.
    var unnoticed: [Found] {
        found.filter { file in
            file.problem == nil && book.found(file.file).map { $0 != file.text } ?? false
        }
    }

    /// The files that are not as they were adopted.
    package var unadopted: [PolicyFile] {
        found.filter { file in
            file.problem != nil || book.inForce(file.file).map { $0.text != file.text } ?? false
        }.map(\.file)
    }

    /// What is in force of a file; nil where it has none.
    ///
    /// - Throws: `OperationError`, code `damaged`, where the text in force is neither in its place nor in the history.
    package func content(inForce file: PolicyFile) throws -> [UInt8]? {
        guard let found = found.first(where: { $0.file == file }) else { return nil }
        guard let adoption = book.inForce(file) else { return found.bytes }
        return adoption.text == found.text ? found.bytes : try home.kept(adoption.text)
    }

    /// Everybody whom the office names, with what their roles allow, as it is in force.
    ///
    /// Several roles of one person stand on several lines, or in one cell with `|` between them; so do accounts and those for
    /// whom they may act. Where there is no `policy/roles.csv`, `RoleTable.standard` holds.
    ///
    /// - Throws: `OfficeFileError`, also for a permission that does not exist; `OperationError`, code `damaged`.
    package func people() throws -> People {
        try Self.people(
            of: content(inForce: .people),
            roles: content(inForce: .roles),
            in: home,
            unadopted: unadopted
        )
    }

    /// The one person whose account it is, as `policy/people.csv` lies there; nil where there is none, or several.
    ///
    /// A beginning only: whoever works is held against the table in force.
    package static func owner(of account: Account, in home: Home) -> String? {
        let found = Found(.people, in: home)
        guard let owners = try? people(of: found.bytes, roles: nil, in: home).owners(of: account) else { return nil }
        return owners.count == 1 ? owners.first?.name : nil
    }

    /// The people of two texts.
    static func people(
        of people: [UInt8]?,
        roles: [UInt8]?,
        in home: Home,
        unadopted: [PolicyFile] = []
    ) throws -> People {
        let file = home.policy.appending("people.csv")
        let rows = try people.map { try PolicyFiles.rows($0, from: file, columns: ["name", "role"]) } ?? []
        func list(_ cell: String?) -> [String] {
            (cell ?? "").split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let found = rows.map(\.cells).map { row in
            Person(
                name: row["name"] ?? "",
                roles: (row["role"] ?? "").split(separator: "|").map { String($0) },
                unit: row["unit"].flatMap { $0.isEmpty ? nil : $0 },
                accounts: list(row["account"]),
                actsFor: list(row["acts-for"])
            )
        }
        return People(found, roles: try table(of: roles, in: home), unadopted: unadopted)
    }

    private static func table(of roles: [UInt8]?, in home: Home) throws -> RoleTable {
        let file = home.policy.appending("roles.csv")
        let rows = try roles.map { try PolicyFiles.rows($0, from: file, columns: ["role", "permission"]) } ?? []
        if rows.isEmpty { return .standard }
        let (table, unknown) = RoleTable.reading(rows.map { ($0.cells["role"] ?? "", $0.cells["permission"] ?? "") })
        if let first = unknown.first {
            throw OfficeFileError(
                .invalid,
                file: file,
                message:
                    "its row \(rows[first].row) names the permission '\(rows[first].cells["permission"] ?? "")', which does not exist",
                remedy: "name one of: " + Permission.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        return table
    }
}

extension Home {
    /// Where the texts of policy files are kept that the ledger names.
    var policyHistory: FilePath { policy.appending("history") }

    /// Puts a text into `policy/history/`, in the place of another that lies there under its name.
    func keep(_ bytes: [UInt8], as name: FilePath.Component, _ files: DurableFiles) throws {
        let place = policyHistory.appending(name)
        if FileStatus.exists(place) { try files.replace(place, bytes) } else { try files.create(place, bytes) }
    }

    /// A text that the ledger names, out of `policy/history/`; nil for one that says that there was no file.
    ///
    /// - Throws: `OperationError`, code `damaged`, where it is not there or is another one.
    func kept(_ text: PolicyText) throws -> [UInt8]? {
        guard let name = text.kept, let part = FilePath.Component(name) else { return nil }
        let bytes = try? OpenFile.content(of: policyHistory.appending(part), limit: PolicyFiles.limit)
        if let bytes, Digest.of(bytes, .sha512).hex == text.sha512 { return bytes }
        throw OperationError(
            .damaged,
            message:
                "the text of '\(text.file.displayed)' that the ledger names is not 'policy/history/\(name.displayed)'",
            remedy: "bring it from a copy: cp -a COPY/policy/history HOME/policy/"
        )
    }
}

extension ArchiveWriter {
    /// Everybody whom the office names, with what their roles allow, as it is in force.
    ///
    /// - Throws: as `PolicyDesk.people`.
    func people() throws -> People { try PolicyDesk(home, books).people() }

    /// Enters what policy files were found to be: those that the ledger never spoke of together with what the command
    /// enters, and those that somebody changed at once.
    func notePolicies(_ desk: PolicyDesk) throws {
        let unknown = desk.unknown
        if !unknown.isEmpty {
            let detail = PolicyAdopted(
                files: unknown.map(\.text),
                basis: .found,
                authority: nil,
                reason: "as they were when the ledger spoke of them for the first time"
            )
            owe([try event(detail)]) { try $0.keep(unknown) }
        }
        let changed = desk.unnoticed
        if !changed.isEmpty {
            try keep(changed)
            try enter([event(PolicyChanged(files: changed.map(\.text)))])
        }
        for file in desk.unadopted {
            context.notice("'\(file.path)' is not as it was adopted; see 'berkas policy show'")
        }
    }

    /// Keeps texts under their digests; the group that names them waits for the disk, and for these with it.
    func keep(_ found: [PolicyDesk.Found]) throws {
        let files = context.files
        try files.makeDirectories(home.policyHistory)
        for file in found {
            guard let bytes = file.bytes, let name = file.text.kept.flatMap({ FilePath.Component($0) }) else {
                continue
            }
            if (try? home.kept(file.text)) != nil { continue }
            try home.keep(bytes, as: name, files)
        }
    }

    /// Whether this account entered an event; of an account that the table in force names only.
    ///
    /// What an account that nobody has typed for two names proves nothing: one computer may serve a whole office.
    func isSameAccount(as event: Event, _ people: People) -> Bool {
        event.writtenBy == context.account && !people.owners(of: context.account).isEmpty
    }

    /// Refuses to work as a person whom the account may not act for, as the table in force has it.
    ///
    /// - Throws: `RefusedError`; the attempt is entered.
    func requireAccount(_ desk: PolicyDesk) throws {
        // A table that cannot be read gives no right either; whoever mends it has to come by here.
        guard let people = try? desk.people() else { return }
        let refusals = people.accountRefusals(of: context.actor, under: context.account)
        try require(refusals, act: "work as '\(context.actor)'", subject: context.actor)
    }
}
