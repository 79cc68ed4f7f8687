import ArchiveHome
import FileSafety
import Ledger
import Packaging
import RecordsModel
package import SystemPackage

/// A checkpoint that was kept outside of the home: on a paper, in a mail, in a package, on another computer.
///
/// Whoever can write to the home can write all of its history anew, with every hash right. Only what they cannot reach tells.
package struct OutsideCheckpoint: Sendable {
    /// Where it comes from, for a message: the file, or the words as they were typed.
    package let source: String
    /// What it commits to.
    let checkpoint: CheckpointClaim

    /// Reads a checkpoint out of a file, a package, or words.
    ///
    /// - Parameters:
    ///   - word: a file that holds a checkpoint's three lines, among others or alone; a package that Berkas made, as a file
    ///     or a folder; or the checkpoint itself: name, number of lines and root, with spaces or line ends between them. The
    ///     name may be left out. Or its short form, as it stands on a paper.
    ///   - file: the same as a path.
    /// - Returns: the checkpoint, with where it comes from.
    /// - Throws: `OperationError`, code `usage` where there is no checkpoint in it, `damaged` for a package that is not
    ///   valid; `FileSafetyError`.
    package static func read(_ word: String, file: FilePath) throws -> OutsideCheckpoint {
        if let typed = typed(word) {
            let words = word.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return OutsideCheckpoint(source: words, checkpoint: typed)
        }
        if ShortCheckpoint.resembles(word), !FileStatus.exists(file) {
            throw OperationError(
                .usage,
                message: "'\(word.displayed)' is mistyped: its check digits are others",
                remedy: "hold it against the paper, letter by letter, or type the number of lines and the root"
            )
        }
        guard FileStatus.exists(file) else {
            throw OperationError(
                .usage,
                message: "'\(word.displayed)' is no file, and no checkpoint",
                remedy: "give a file, or the name, the number of lines and the root as they stand on the paper"
            )
        }
        return OutsideCheckpoint(source: file.shown, checkpoint: try found(in: file))
    }

    /// A checkpoint as a person types it; nil where the words are none.
    static func typed(_ text: String) -> CheckpointClaim? {
        if let short = ShortCheckpoint(text) { return CheckpointClaim(short) }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count >= 2 else { return nil }
        return checkpoint(words.dropLast(2).joined(separator: " "), words[words.count - 2], words[words.count - 1])
    }

    private static func checkpoint(_ origin: String, _ size: String, _ root: String) -> CheckpointClaim? {
        // The form is that of the ledger's own, to the letter; a name is asked for there, and need not be told here.
        guard let said = Checkpoint("\(origin.isEmpty ? "-" : origin)\n\(size)\n\(root)\n") else { return nil }
        return CheckpointClaim(origin: origin, size: said.size, root: said.root)
    }

    /// How much of a text is looked through for a checkpoint: 1 MiB.
    private static let most = 1 << 20

    private static func found(in file: FilePath) throws -> CheckpointClaim {
        let status = try FileStatus.following(file)
        if status.kind == .file, status.size <= most {
            let bytes = try OpenFile.content(of: file, limit: most)
            // A container that stores without compressing shows the lines of a checkpoint too, behind bytes of its own.
            guard !bytes.contains(0) else { return try packaged(in: file) }
            let text = String(decoding: bytes, as: UTF8.self)
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
            for start in lines.indices.dropLast(2) {
                if let found = checkpoint(lines[start], lines[start + 1], lines[start + 2]) { return found }
            }
            if let typed = lines.lazy.compactMap({ typed($0) }).first { return typed }
        }
        return try packaged(in: file)
    }

    private static func packaged(in file: FilePath) throws -> CheckpointClaim {
        guard let said = try PackageLayout.checkpoint(in: file) else {
            throw OperationError(
                .usage,
                message: "there is no checkpoint in '\(file.shown.displayed)'",
                remedy: "give a file that holds one, or a package that Berkas made"
            )
        }
        let bag = try BagValidator.validate(file, BagOptions())
        guard bag.verdict == .valid else {
            let name = file.shown.displayed
            throw OperationError(
                .damaged,
                message: "the package '\(name)' is \(bag.verdict.rawValue), and what it says is not believed",
                remedy: "see 'berkas bag validate \(name)', and give another"
            )
        }
        return CheckpointClaim(said)
    }
}

extension OutsideCheckpoint {
    /// What is wrong between the ledger and a checkpoint from outside; nil where the one begins with the other.
    ///
    /// - Parameters:
    ///   - standing: how it stands.
    ///   - report: what recomputing the ledger came to.
    ///   - proven: how many lines the longest checkpoint covers that was given beside it and agrees.
    /// - Returns: the finding.
    func finding(_ standing: CheckpointStanding, in report: LedgerReport, proven: Int) -> VerifyFinding? {
        let name = "the checkpoint of \(checkpoint.size) lines ('\(source.displayed)')"
        let message: String
        switch standing {
        case .consistent: return nil
        case .ofAnotherLog:
            let own = report.checkpoint?.origin ?? ""
            message = "\(name) is of the log '\(checkpoint.origin.displayed)', and this is '\(own.displayed)'"
        case .longer:
            message =
                "history was cut back, or this is an older copy of the home: the ledger has \(report.lines) lines, and "
                + "\(name) says that there were more"
        case .rewritten:
            message =
                "history was rewritten after line \(proven): the first \(checkpoint.size) lines are not those of \(name)"
        }
        return VerifyFinding(.ledger, message: message)
    }
}
