import FileSafety
import Foundation
import Glibc
import RecordsModel
import SystemPackage

/// The folders and files of a home's own, and what must stand there if anything does.
///
/// A home may come from elsewhere: a link in one of these places would lead the program out of it, and a FIFO would make it
/// wait for ever. The way to the home itself may lead through links, since whoever named it chose it; so may `intake/`,
/// which is the office's.
enum HomePlaces {
    /// By their paths in the home.
    static let folders = [
        "derived", "ledger", "ledger/parts", "packages", "policy", "policy/history", "policy/retention", "repair",
        "reports", "staging", "staging/incoming", "staging/work", "staging/work/content", "staging/work/objects",
        "staging/work/packages", "staging/work/removed", "store", "store/extensions", "templates",
    ]

    /// By their paths in the home.
    static let files = [
        ".lock", "berkas.yaml", "catalogue.sqlite", "catalogue.sqlite-journal", "catalogue.sqlite-shm",
        "catalogue.sqlite-wal", "catalogue.sqlite.new", "catalogue.sqlite.new-journal", "catalogue.sqlite.new-shm",
        "catalogue.sqlite.new-wal", "derived/.lock", "ledger/checkpoint", "ledger/events.jsonl", "ledger/leaves",
        "staging/work/events.jsonl", "staging/work/intent.json", "store/0=ocfl_1.1", "store/ocfl_layout.json",
    ]

    /// Looks at each place, one `lstat` each; what is not there, or cannot be looked at, is for others to miss.
    ///
    /// - Throws: `OperationError`, code `untrusted`, with the first place that something else stands in.
    static func require(in home: FilePath) throws {
        for (names, kind) in [(folders, FileStatus.Kind.directory), (files, .file)] {
            for name in names {
                let place = home.pushing(FilePath(name))
                guard let there = try? FileStatus.of(place).kind, there != kind else { continue }
                throw misplaced(name, there, kind, in: home)
            }
        }
    }

    /// Looks at a folder, and those above it up to the home, before something in it is made or removed.
    ///
    /// - Throws: `OperationError`, code `untrusted`.
    static func requireFolders(_ path: String, in home: FilePath) throws {
        var name = ""
        for part in FilePath(path).components {
            name += (name.isEmpty ? "" : "/") + part.string
            guard let there = try? FileStatus.of(home.pushing(FilePath(name))).kind else { return }
            if there != .directory { throw misplaced(name, there, .directory, in: home) }
        }
    }

    /// A path as a word for a shell.
    static func quoted(_ path: String) -> String { "'" + path.replacing("'", with: "'\\''") + "'" }

    private static func misplaced(
        _ name: String,
        _ there: FileStatus.Kind,
        _ wanted: FileStatus.Kind,
        in home: FilePath
    ) -> OperationError {
        let place = home.pushing(FilePath(name)).string
        let remedy =
            there == .symbolicLink && wanted == .directory
            ? "put the folder itself there: 'rm' the link and move back what it leads to, or mount that disk there"
            : "find out who put it there, and move it aside: mv \(quoted(place)) \(quoted(place + ".aside"))"
        return OperationError(
            .untrusted,
            message:
                "'\(name)' in the home '\(home.string)' is a \(there.rawValue) where a \(wanted.rawValue) belongs, "
                + "and is not followed; nothing was touched",
            remedy: remedy
        )
    }
}

extension Home {
    /// A user of the computer, as a person is told of one.
    private struct User {
        let id: Int
        let name: String?

        var words: String { name.map { "\($0.displayed) (uid \(id))" } ?? "uid \(id)" }
    }

    /// Who owns a home; nil where it cannot be looked at.
    ///
    /// Of a folder that everybody may write to, the owner of the file that makes it a home counts.
    private static func owner(of home: FilePath) -> User? {
        func attributes(_ path: String) -> [FileAttributeKey: Any] {
            (try? FileManager.default.attributesOfItem(atPath: home.string + path)) ?? [:]
        }
        var said = attributes("/.")
        let mode = (said[.posixPermissions] as? NSNumber)?.intValue ?? 0
        if mode & 0o002 != 0 { said = attributes("/" + settingsFile.string) }
        guard let id = (said[.ownerAccountID] as? NSNumber)?.intValue else { return nil }
        return User(id: id, name: said[.ownerAccountName] as? String)
    }

    /// Whether a user may be taken for the one who works: the same, or root for the one who called `sudo`.
    private static func isOwn(_ user: User) -> Bool {
        if user.id == Int(geteuid()) { return true }
        guard geteuid() == 0, let caller = ProcessInfo.processInfo.environment["SUDO_UID"] else { return false }
        return Int(caller) == user.id
    }

    /// Refuses a home that nobody named and that belongs to another user: it was put in the way.
    ///
    /// As git does with `safe.directory`: whoever may write to a folder above could lay a home there whose settings and
    /// templates act for the person that runs the program.
    ///
    /// - Throws: `OperationError`, code `foreign`.
    static func requireOwn(found home: FilePath) throws {
        guard let owner = owner(of: home), !isOwn(owner) else { return }
        let quoted = HomePlaces.quoted(home.string)
        let you = NSUserName().isEmpty ? "uid \(geteuid())" : "\(NSUserName()) (uid \(geteuid()))"
        throw OperationError(
            .foreign,
            message: "the home '\(home.string)' was found above the current folder and belongs to \(owner.words), "
                + "not to you, \(you): it is not opened",
            remedy: "if you trust it, name it: berkas --home \(quoted) …, or export BERKAS_HOME=\(quoted)"
        )
    }

    /// What root is told who opens the home of another user; nil for anybody else, and in a home of root's own.
    package var noticeForRoot: String? {
        guard geteuid() == 0, let owner = Self.owner(of: path), owner.id != 0 else { return nil }
        return "you are root, and the home '\(path.string)' belongs to \(owner.words): "
            + "files that you make there will be given to that user"
    }
}
