import ArchiveHome
import Catalogue
import FileSafety
import Ledger
import RecordsModel
import SystemPackage

extension RepairPlanner {
    private var ledger: LedgerFolder { home.ledger }

    /// Plans log, leaf hashes and checkpoint.
    ///
    /// - Returns: whether the ledger can be brought in order.
    func planLedger() throws -> Bool {
        guard FileStatus.exists(ledger.path) else {
            refuse(
                .ledger,
                "ledger",
                "the folder 'ledger' is missing, and nothing else tells what was kept and by whom",
                remedy: "bring it from a copy: cp -a COPY/ledger \(typed("ledger"))"
            )
            return false
        }
        planLedgerNames()
        var target = Int.max
        let covered = (try? ledger.readCheckpoint().size) ?? Int.max
        let limit = backTo ?? .max
        let survey = try ledger.survey { event, _ in
            try context.stopIfInterrupted()
            guard event.seq < min(target, limit) else { return }
            if event.seq >= covered, try !isBacked(event) {
                target = event.seq
            } else {
                take(event)
            }
        }
        target = min(target, limit, survey.lines)
        if survey.isSound, target == survey.lines { return true }
        guard let said = survey.checkpoint else { return planLostCheckpoint(survey) }
        if let backTo {
            guard backTo <= survey.lines, survey.isProven || survey.areLeavesProven else {
                refuse(
                    .ledger,
                    "ledger/events.jsonl",
                    "the ledger has \(survey.lines) lines that are proven, and cannot go back to \(backTo)",
                    remedy: "see what there is: berkas repair --dry-run"
                )
                return false
            }
            return try settle(survey, said, at: backTo)
        }
        if survey.isProven { return try settle(survey, said, at: target) }
        return try planLostLines(survey, said)
    }

    /// What an interrupted replacement left beside the ledger's own files.
    private func planLedgerNames() {
        for (folder, prefix) in [(ledger.path, "ledger/"), (ledger.parts, "ledger/parts/")] {
            for entry in (try? FolderEntries(of: folder)) ?? .none
            where entry.name.shown.hasSuffix(".new") && entry.kind == .file {
                putAside(
                    .ledger,
                    prefix + entry.name.shown,
                    "a half replacement of a file is put aside",
                    why: "the file itself is there or is made again from what is proven"
                )
            }
        }
    }

    // MARK: - Where the covered lines are there

    /// Ends the ledger behind a line: cuts the log, moves the checkpoint, makes leaf hashes.
    private func settle(_ survey: LedgerSurvey, _ said: Checkpoint, at lines: Int) throws -> Bool {
        let end = try ledger.end(of: lines, origin: said.origin)
        let isCut = lines < survey.lines || survey.rest > 0
        guard try !isCut || end.bytes >= ledger.closedBytes() else {
            refuse(
                .ledger,
                "ledger/parts",
                "the lines behind \(lines) lie in a closed part, which is never cut",
                remedy: "bring the ledger from a copy: cp -a COPY/ledger/. \(typed("ledger"))"
            )
            return false
        }
        // Backwards the checkpoint goes first: what it named is then only longer, which can be seen again.
        if lines < said.size { planCheckpoint(end, said) }
        if isCut { planCut(survey, said, end) }
        if lines > said.size { planCheckpoint(end, said) }
        if lines < said.size || survey.leafBytes != lines * 32 || survey.agreeing < lines { planLeaves(survey) }
        return true
    }

    private func planCheckpoint(_ end: LedgerFolder.End, _ said: Checkpoint) {
        let size = end.frontier.size
        let count = abs(size - said.size)
        let isForward = size > said.size
        if !isForward, backTo == nil { lostLines = count }
        add(
            .ledger,
            "ledger/checkpoint",
            isForward
                ? "the checkpoint goes from line \(said.size) to line \(size): the \(count) line\(count == 1 ? "" : "s") "
                    + "behind it continue\(count == 1 ? "s" : "") the log, and all that is named there is in the store"
                : "the checkpoint goes back from line \(said.size) to line \(size)",
            why: isForward
                ? "the lines that it covered stay covered, and the old one is kept"
                : backTo == nil
                    ? "the \(count) lines behind are nowhere in this home; the old checkpoint is kept and entered"
                    : "what is taken out is put aside, and the old checkpoint is kept and entered"
        ) { [ledger, aside, files] in
            try ledger.setCheckpoint(end.checkpoint, aside: try aside.place("ledger/checkpoint"), files: files)
        }
    }

    private func planCut(_ survey: LedgerSurvey, _ said: Checkpoint, _ end: LedgerFolder.End) {
        let lines = survey.lines - end.frontier.size
        let what: String
        if lines == 0 {
            what = "\(survey.rest) bytes behind the last whole line are put aside"
        } else {
            what = "\(lines) line\(lines == 1 ? "" : "s") behind line \(end.frontier.size) are put aside"
        }
        let why =
            end.frontier.size < said.size
            ? "they stay in the folder of the repair, to the letter"
            : lines == 0
                ? "an entry that was cut off was never told as done"
                : "no checkpoint covers them, and what they name is not whole in this home: they were never told as kept here"
        add(.ledger, "ledger/events.jsonl", what, why: why) { [ledger, aside, files] in
            try ledger.cut(at: end, aside: try aside.place("ledger/events.jsonl.cut"), files: files)
        }
    }

    private func planLeaves(_ survey: LedgerSurvey) {
        add(
            .ledger,
            "ledger/leaves",
            "the leaf hashes are made anew from the lines of the log",
            why: "they hold nothing but hashes of the lines, and these have the root of the checkpoint"
        ) { [ledger, aside, files] in
            try ledger.remakeLeaves(aside: try aside.place("ledger/leaves"), files: files)
        }
    }

    // MARK: - Where something of it is not there

    private func planLostCheckpoint(_ survey: LedgerSurvey) -> Bool {
        let known = try? CatalogueDatabase.openForReading(home.catalogue).progress()?.end
        let byLeaves = survey.leafBytes == survey.lines * 32 && survey.agreeing == survey.lines
        let byIndex = known?.frontier == survey.frontier
        let words = survey.checkpointFault ?? "the checkpoint cannot be read"
        guard survey.lines > 0, survey.rest == 0, survey.gap == nil, byLeaves || byIndex else {
            refuse(
                .ledger,
                "ledger/checkpoint",
                "\(words), and log, leaf hashes and index do not agree on what it said",
                remedy: "bring the ledger from a copy: cp -a COPY/ledger/. \(typed("ledger"))"
            )
            return false
        }
        let end = LedgerFolder.End(
            origin: origin ?? home.settings.ledgerOrigin,
            bytes: survey.bytes,
            frontier: survey.frontier
        )
        add(
            .ledger,
            "ledger/checkpoint",
            "the checkpoint is made anew for \(survey.lines) lines: \(words)",
            why: "each line has the hash that \(byLeaves ? "'leaves'" : "the index") kept of it"
        ) { [ledger, aside, files] in
            try ledger.setCheckpoint(end.checkpoint, aside: try aside.place("ledger/checkpoint"), files: files)
        }
        if !byLeaves { planLeaves(survey) }
        return true
    }

    private func planLostLines(_ survey: LedgerSurvey, _ said: Checkpoint) throws -> Bool {
        let indexed = indexedLines()
        var isProven: (([UInt8], Int) throws -> Bool)?
        if survey.areLeavesProven {
            isProven = try ledger.proofByLeaves()
        } else if indexed.count >= said.size {
            var frontier = MerkleFrontier()
            for line in indexed.prefix(said.size) { frontier.append(MerkleFrontier.leaf(line)) }
            if frontier.root == said.root { isProven = { line, place in indexed[place] == line } }
        }
        if let isProven {
            let found = try ledger.rewritings(
                upTo: said.size,
                line: { indexed.indices.contains($0) ? indexed[$0] : nil },
                isProven: isProven
            )
            if let found, !found.files.isEmpty {
                for rewriting in found.files { plan(rewriting) }
                isFirstPart = true
                return true
            }
            if let found, found.lines < said.size, found.lines == survey.lines {
                return try settle(survey, said, at: found.lines)
            }
        } else if survey.lines < said.size, survey.gap == nil, survey.leaves > 0,
            survey.agreeing == min(survey.lines, survey.leaves)
        {
            // Nothing contradicts the lines that are here: what was added behind them is not.
            return try settle(survey, said, at: survey.lines)
        }
        refuse(
            .ledger,
            "ledger",
            survey.gap.map {
                "lines \($0.first) to \($0.last) are missing, and neither the index nor anything else has them"
            }
                ?? "its lines are not those that the checkpoint names, from line \(survey.lines + 1) at the latest",
            remedy: survey.gap.map {
                "bring the part from a copy: cp -a COPY/ledger/parts/\($0.name) \(typed("ledger/parts/"))"
            }
                ?? "bring the ledger from a copy: cp -a COPY/ledger/. \(typed("ledger"))"
        )
        return false
    }

    private func plan(_ rewriting: LedgerFolder.Rewriting) {
        let name = String(rewriting.file.string.dropFirst(home.path.string.utf8.count + 1))
        add(
            .ledger,
            name,
            "\(rewriting.restored) line\(rewriting.restored == 1 ? "" : "s") of the log are put back from the index",
            why: "each has the hash that the checkpoint covers; what was there is put aside"
        ) { [ledger, aside, files] in
            try ledger.write(rewriting, aside: try aside.place(name), files: files)
        }
    }

    /// The lines of the ledger that the index holds, from the first one on.
    private func indexedLines() -> [[UInt8]] {
        guard let catalogue = try? CatalogueDatabase.openForReading(home.catalogue) else { return [] }
        defer { try? catalogue.close() }
        var lines: [[UInt8]] = []
        // An index that breaks in the middle has given what it could: each line is proven before it is used.
        try? catalogue.eachEvent(kind: nil) { lines.append(Array($0.utf8)) }
        return lines
    }
}
