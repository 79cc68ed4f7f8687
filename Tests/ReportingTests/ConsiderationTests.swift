import Acts
import Disposal
import RecordsModel
import Reporting
import Testing

/// The panitia's consideration names its members, the list and the list's digest.
struct ConsiderationTests {
    private static let digest = String(repeating: "0123456789abcdef", count: 8)

    private func paper(digest: String?) throws -> DisposalPaper {
        var history = try ListHistory()
        try history.propose(.destroy, 1...4)
        try history.refuse(3)
        return DisposalPaper(
            try history.value,
            entries: (1...4).map { Papers.entry($0) },
            frame: Papers.frame(number: "1/SP/2026"),
            schedule: "Perbup 1/2026",
            digest: digest
        )
    }

    private let members = [
        CommitteeMember(name: "Budi", unit: "Bagian Hukum", agrees: 3, refuses: 1, last: CivilDate("2026-11-20")),
        CommitteeMember(name: "Citra", unit: nil, agrees: 0, refuses: 0, last: nil),
    ]

    @Test func `members, list, digest and code stand on it, and each member signs`() throws {
        let made = try paper(digest: Self.digest).consideration(members, decree: LetterReference(number: "5/SK/2026"))
        #expect(made.title == "Surat Pertimbangan Panitia Penilai Arsip" && made.kind.asksForNumber)
        let facts = Dictionary(made.facts.map { ($0.key, $0.value ?? "") }) { first, _ in first }
        #expect(facts["panitia"] == "Budi; Citra" && facts["sk_panitia"] == "nomor 5/SK/2026")
        #expect(facts["sidik_usul"]?.replacing(" ", with: "") == Self.digest)
        #expect(made.code == "\(facts["nomor_usul"] ?? "") sha512:\(Self.digest)")
        #expect(made.signatures.map(\.name) == ["Budi", "Citra"])
        #expect(made.tables.map(\.id).first == "panitia" && made.tables[0].rows.count == 2)
        #expect(made.tables[1].rows.count == 3, "what a member refused stays")
        #expect(made.missingParts.isEmpty, "\(made.missingParts)")
        let page = try HTMLRenderer().page(of: made)
        #expect(page.contains("data:image/svg+xml;base64,") && page.contains("01234567 89abcdef"))
    }

    @Test func `every paper of a list has its number, its digest and its code`() throws {
        let source = try paper(digest: Self.digest)
        let made = [
            source.proposedDestruction(recordsUnitHead: nil, unitHead: nil),
            try source.destructionMinutes(DestructionAct()), source.consideration(members, decree: nil),
            source.depositMinutes(HandoverAct()), source.moveMinutes(HandoverAct()),
        ]
        for paper in made {
            let keys = paper.facts.map(\.key)
            #expect(keys.contains("nomor_usul") && keys.contains("sidik_usul"), "\(paper.title)")
            #expect(paper.code?.hasSuffix("sha512:" + Self.digest) == true, "\(paper.title)")
            #expect(try HTMLRenderer().page(of: paper).contains("class=\"qr\""), "\(paper.title)")
        }
        let silent = try paper(digest: nil).proposedDestruction(recordsUnitHead: nil, unitHead: nil)
        #expect(silent.code == nil && !silent.missingParts.contains("Sidik usul (SHA-512)"))
        #expect(try !HTMLRenderer().page(of: silent).contains("class=\"qr\""))
    }

    @Test func `every paper of a list says who acted and how sure that is, once for each person and day`() throws {
        let account = Account(name: "siti", uid: 1000, host: "arsip-1")
        func act(_ seq: Int, _ kind: EventType, _ actor: String, _ sure: Certainty) -> LedgerAct {
            var event = Event(
                seq: seq,
                time: Moment(secondsSinceEpoch: 1_790_000_000 + seq, offset: 8 * 3600),
                actor: actor,
                event: kind,
                detail: [:]
            )
            event.writtenBy = account
            var act = LedgerAct(event, subject: "USUL-2026-0001")
            act.sure = sure
            return act
        }
        let acts = [
            act(1, .disposalProposed, "Siti", .account), act(2, .disposalAssessed, "Budi", .typed),
            act(3, .disposalAssessed, "Budi", .typed), act(4, .disposalApproved, "Citra", .key),
            act(5, .disposalItemRemoved, "Siti", .account),
        ]
        let bare = try paper(digest: Self.digest)
        let source = DisposalPaper(bare.list, entries: bare.entries.values, frame: bare.frame, digest: nil, acts: acts)
        for paper in [
            source.proposedDestruction(recordsUnitHead: nil, unitHead: nil),
            try source.destructionMinutes(DestructionAct()), source.consideration(members, decree: nil),
            source.depositMinutes(HandoverAct()), source.moveMinutes(HandoverAct()),
        ] {
            let told = paper.closing.filter { $0.contains(" oleh ") && $0.hasSuffix(").") }
            #expect(told.count == 3, "\(paper.title): \(told)")
            #expect(told.first?.hasPrefix("Diusulkan oleh Siti pada ") == true)
            #expect(told.first?.contains("dengan akun sendiri 'siti'") == true)
            #expect(told.contains { $0.hasPrefix("Dinilai oleh Budi") && $0.contains("nama hanya diketik") })
            #expect(told.contains { $0.contains("Citra") && $0.contains("ditandatangani dengan kunci") })
        }
    }
}
