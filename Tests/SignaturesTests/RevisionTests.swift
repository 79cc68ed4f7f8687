import Testing

@testable import Signatures

/// What may come after a signature, and what may not.
struct RevisionTests {
    /// What an update does to a signed file.
    private func changes(
        _ update: [Int: String],
        base: [Int: String] = SmallPDF.objects,
        level: Int? = nil,
        later: [Int32: SignatureFinding.Kind] = [:],
        lock: String? = nil,
        freed: [Int: Int] = [:]
    ) throws -> RevisionComparison.Changes {
        var pdf = SmallPDF(base)
        let end = pdf.bytes.count
        pdf.append(update, freed: freed)
        let bytes = FileBytes(pdf.bytes)
        let new = try PDFFile(bytes, end: pdf.bytes.count, password: nil, repairing: false)
        var updates = AppendedUpdates(new)
        try updates.read(end..<pdf.bytes.count)
        let old = try PDFFile(bytes, end: end, password: nil, repairing: false, later: (new, updates.changed))
        var permissions = SigningPermissions(level: level)
        if let lock {
            let entries: PDFDictionary = [
                "Action": .name("Include"), "Fields": .array([.string(Array(lock.utf8))]),
            ]
            permissions.locks.append(try SigningPermissions.FieldLock(entries, in: old))
        }
        var fields: [PDFReference: SignatureFinding.Kind] = [:]
        for (number, kind) in later { fields[PDFReference(number: number, generation: 0)] = kind }
        var comparison = try RevisionComparison(
            old: old,
            new: new,
            newRoles: try DocumentRoles(new),
            updates: updates,
            permissions: permissions,
            laterSignatures: fields
        )
        return try comparison.run()
    }

    @Test
    func `a visible signature and a filled field are told with their page`() throws {
        let signed = try changes(secondField, later: [20: .signature])
        #expect(signed.permitted.contains { $0.contains("something visible was put over page 1 later") })
        #expect(signed.overlays.first?.page == 0)
        #expect(signed.overlays.first?.frame == PageFrame(left: 0, bottom: 0, right: 9, top: 9))
        let filled = try changes(object(6, adding: "/V (470/1)"))
        #expect(filled.permitted.contains { $0.contains("page 1 later: the field 'nomor'") })
        #expect(try changes([20: "(x)"]).overlays.isEmpty)
    }

    @Test(arguments: [0, 1, 65_535])
    func `an object that is in use is not taken away, whatever its generation; one that nothing uses may be`(
        _ generation: Int
    ) throws {
        for number in [2, 3, 4, 8] {
            let found = try changes([20: "(x)"], freed: [number: generation])
            #expect(!found.forbidden.isEmpty, "\(number)")
        }
        var base = SmallPDF.objects
        base[30] = "(nothing uses this)"
        #expect(try changes([31: "(x)"], base: base, freed: [30: generation]).forbidden.isEmpty)
    }

    @Test
    func `a note that brings a picture may cover blank paper only`() throws {
        let plain = "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (catatan) >>"
        let page = SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R 20 0 R")
        let without = try changes([3: page, 20: plain], level: 3)
        #expect(without.forbidden.isEmpty && without.overlays.map(\.mayCoverNothing) == [false])
        let picture = SmallPDF.stream("1 g 0 0 9 9 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
        let own = plain.replacing("/Contents", with: "/AP << /N 21 0 R >> /Contents")
        let with = try changes([3: page, 20: own, 21: picture], level: 3)
        #expect(with.forbidden.isEmpty && with.overlays.map(\.mayCoverNothing) == [true])
    }

    @Test
    func `the words of a comment may change under DocMDP 3, and its place may not`() throws {
        let note = "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (catatan) >>"
        var base = SmallPDF.objects
        base[3] = SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R 20 0 R")
        base[20] = note
        let words = [20: note.replacing("catatan", with: "sudah")]
        #expect(try changes(words, base: base, level: 3).forbidden.isEmpty)
        #expect(try !changes(words, base: base, level: 2).forbidden.isEmpty)
        #expect(try !changes([20: note.replacing("20 20", with: "190 190")], base: base, level: 3).forbidden.isEmpty)
    }

    private func object(_ number: Int, adding entries: String) -> [Int: String] {
        let text = SmallPDF.objects[number] ?? ""
        return [number: text.dropLast(2) + entries + " >>"]
    }

    @Test
    func `an update that changes nothing is permitted at every level`() throws {
        for level in [nil, 1, 2, 3] {
            #expect(try changes([20: "(nothing refers to this)"], level: level).forbidden.isEmpty)
        }
    }

    @Test
    func `pages, contents, fonts, metadata, actions and names may never change`() throws {
        let forbidden: [[Int: String]] = [
            [4: SmallPDF.stream("BT /F1 12 Tf 20 20 Td (93 persen) Tj ET")],
            [8: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"],
            [3: SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R", contents: 20), 20: SmallPDF.stream("")],
            [2: "<< /Type /Pages /Kids [3 0 R 20 0 R] /Count 2 >>", 20: SmallPDF.page(annotations: "")],
            [2: "<< /Type /Pages /Kids [] /Count 0 >>"],
            object(2, adding: "/Rotate 180"),
            object(1, adding: "/OpenAction << /S /JavaScript /JS (x) >>"),
            object(1, adding: "/Names << /EmbeddedFiles << /Names [] >> >>"),
            object(1, adding: "/OCProperties << /OCGs [] /D << >> >>"),
            object(1, adding: "/Perms << /DocMDP 9 0 R >>"),
            [10: "<< /Title (Lain) /ModDate (D:20240101000000Z) >>"],
            [9: "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name (BUPATI) >>"],
        ]
        for update in forbidden {
            for level in [nil, 1, 2, 3] {
                #expect(try !changes(update, level: level).forbidden.isEmpty, "\(level ?? 0): \(update)")
            }
        }
    }

    @Test
    func `the date of change and validation data may come at every level`() throws {
        for level in [nil, 1, 2, 3] {
            let dated = try changes([10: "<< /Title (Rencana) /ModDate (D:20250101000000Z) >>"], level: level)
            #expect(dated.forbidden.isEmpty)
            let store = object(1, adding: "/DSS << /Certs [20 0 R] >>").merging([20: SmallPDF.stream("x")]) { $1 }
            #expect(try changes(store, level: level).forbidden.isEmpty)
        }
    }

    @Test
    func `validation data are no way to change an object that something else shows`() throws {
        let update = object(1, adding: "/DSS << /Certs [4 0 R] >>").merging([4: SmallPDF.stream("93")]) { $1 }
        #expect(try !changes(update).forbidden.isEmpty)
    }

    @Test
    func `a field may be filled with its appearance, but not under DocMDP 1 and not where it is locked`() throws {
        let update = object(6, adding: "/V (470/1) /AP << /N 20 0 R >>").merging([20: Self.appearance]) { $1 }
        for level in [nil, 2, 3] { #expect(try changes(update, level: level).forbidden.isEmpty) }
        #expect(try !changes(update, level: 1).forbidden.isEmpty)
        #expect(try !changes(update, lock: "nomor").forbidden.isEmpty)
        #expect(try changes(update, lock: "nomo").forbidden.isEmpty)
    }

    @Test
    func `an appearance without a new value, a moved field and an action are no filling`() throws {
        let shadows = [
            object(6, adding: "/AP << /N 20 0 R >>").merging([20: Self.appearance]) { $1 },
            [6: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (nomor) /Rect [10 10 190 190] /P 3 0 R /F 4 /V (x) >>"],
            object(6, adding: "/V (x) /AA << /F << /S /JavaScript /JS (y) >> >>"),
            object(6, adding: "/V (x) /MK << /BG [1 1 1] >>"),
        ]
        for update in shadows { #expect(try !changes(update).forbidden.isEmpty, "\(update)") }
    }

    /// What is drawn of a field, clipped to its box.
    private static let appearance = SmallPDF.stream("q", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")

    private let secondField: [Int: String] = [
        3: SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R 20 0 R"),
        5: "<< /Fields [6 0 R 7 0 R 11 0 R 20 0 R] /SigFlags 3 /DR << /Font << /Helv 8 0 R >> >> >>",
        20:
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (baru) /Rect [0 0 9 9] /P 3 0 R /V 21 0 R /AP << /N 22 0 R >> >>",
        21: "<< /Type /Sig >>",
        22: appearance,
    ]

    @Test
    func `a later signature may come in a new field where forms may be filled`() throws {
        for level in [nil, 2, 3] {
            let found = try changes(secondField, level: level, later: [20: .signature])
            #expect(found.forbidden.isEmpty, "\(found.forbidden)")
            #expect(!found.permitted.isEmpty)
        }
        #expect(try !changes(secondField, level: 1, later: [20: .signature]).forbidden.isEmpty)
    }

    @Test
    func `a new field that is no later signature is forbidden, on a page or not`() throws {
        #expect(try !changes(secondField).forbidden.isEmpty)
        var text = secondField
        text[20] = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (baru) /Rect [0 0 9 9] /P 3 0 R /V (x) >>"
        #expect(try !changes(text).forbidden.isEmpty)
    }

    @Test
    func `a document time stamp may come at every level, and shows something where forms may be filled`() throws {
        #expect(try !changes(secondField, level: 1, later: [20: .documentTimestamp]).forbidden.isEmpty)
        let shown = try changes(secondField, later: [20: .documentTimestamp])
        #expect(shown.forbidden.isEmpty)
        #expect(shown.permitted.contains { $0.contains("something visible was put over page 1") })
        var bare = secondField
        bare[20] = secondField[20]?.replacing("/AP << /N 22 0 R >>", with: "/MK << /BG [1 1 1] >>")
        #expect(try !changes(bare, later: [20: .documentTimestamp]).forbidden.isEmpty)
        var hidden = secondField
        hidden[20] = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (cap) /Rect [0 0 0 0] /P 3 0 R /V 21 0 R >>"
        for level in [nil, 1, 2, 3] {
            #expect(try changes(hidden, level: level, later: [20: .documentTimestamp]).forbidden.isEmpty)
        }
    }

    @Test
    func `a waiting field may be signed, a signed one not again`() throws {
        let signed = object(11, adding: "/V 21 0 R").merging([21: "<< /Type /Sig >>"]) { $1 }
        #expect(try changes(signed, later: [11: .signature]).forbidden.isEmpty)
        #expect(try !changes(signed, level: 1, later: [11: .signature]).forbidden.isEmpty)
        #expect(try !changes(signed).forbidden.isEmpty)
        #expect(
            try !changes([7: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (ttd) /Rect [0 0 0 0] /P 3 0 R >>"])
                .forbidden.isEmpty
        )
    }

    @Test
    func `annotations may come under DocMDP 3 only, and not such that hide something`() throws {
        var note: [Int: String] = [
            3: SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R 20 0 R"),
            20: "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (catatan) >>",
        ]
        for level in [nil, 1, 2] { #expect(try !changes(note, level: level).forbidden.isEmpty) }
        #expect(try changes(note, level: 3).forbidden.isEmpty)
        note[20] = "<< /Type /Annot /Subtype /FreeText /Rect [10 10 90 90] /Contents (93) /AP << /N 4 0 R >> >>"
        #expect(try !changes(note, level: 3).forbidden.isEmpty)
        #expect(try !changes([3: SmallPDF.page(annotations: "7 0 R 11 0 R")]).forbidden.isEmpty)
    }

    @Test
    func `an object that became a field is still held to what it was`() throws {
        var update = secondField
        update[4] = update[20]
        update[5] = "<< /Fields [6 0 R 7 0 R 11 0 R 4 0 R] /SigFlags 3 /DR << /Font << /Helv 8 0 R >> >> >>"
        #expect(try !changes(update, later: [4: .signature]).forbidden.isEmpty)
    }

    @Test
    func `the chain of revisions is read from the end, and broken where it is cut or loops`() {
        var pdf = SmallPDF()
        let first = pdf.bytes.count
        pdf.append([20: "(x)"])
        let bytes = FileBytes(pdf.bytes)
        #expect(RevisionChain(bytes, end: first)?.sections.count == 1)
        #expect(RevisionChain(bytes, end: pdf.bytes.count)?.sections.count == 2)
        #expect(RevisionChain(bytes, end: pdf.bytes.count - 3) == nil)
        #expect(RevisionChain(bytes, end: first + 7) == nil)
        let loop = Array("%PDF-1.7\nxref\n0 0\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF".utf8)
        #expect(RevisionChain(FileBytes(loop), end: loop.count) == nil)
        // A stream beside the table that lies outside of the file, with bytes in front of the file's header.
        for place in ["9223372036854775807", "-9"] {
            let text = "x%PDF-1.7\nxref\n0 0\ntrailer\n<< /XRefStm \(place) >>\nstartxref\n9\n%%EOF"
            #expect(RevisionChain(FileBytes(Array(text.utf8)), end: text.utf8.count) == nil)
        }
    }

    // MARK: - What signing software does

    /// The base with an invisible signature whose appearance is empty, as PDFBox leaves it.
    private static func base(appearance content: String, _ entries: String = "") -> [Int: String] {
        var base = SmallPDF.objects
        base[7] = base[7]?.replacing("/V 9 0 R", with: "/V 9 0 R /AP << /N 30 0 R >>")
        base[30] = SmallPDF.stream(content, "/Type /XObject /Subtype /Form /BBox [0 0 0 0] \(entries)")
        return base
    }

    @Test
    func `a form's fonts may change where an appearance without resources names none of them`() throws {
        let fonts = [
            5:
                "<< /Fields [6 0 R 7 0 R 11 0 R] /SigFlags 3 /DA (/Helv 0 Tf) /DR << /Font << /Helv 31 0 R /ZaDb 31 0 R >> >> >>",
            31: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        ]
        // The text field has no appearance, and is drawn by what the form says.
        #expect(try !changes(fonts, base: Self.base(appearance: "")).forbidden.isEmpty)
        func drawn(_ content: String, _ entries: String = "") throws -> [String] {
            var base = Self.base(appearance: content, entries)
            base[6] = base[6]?.replacing("/F 4", with: "/F 4 /AP << /N 32 0 R >>")
            base[32] = SmallPDF.stream("q Q", "/Type /XObject /Subtype /Form /BBox [0 0 80 10] /Resources << >>")
            return try changes(fonts, base: base).forbidden
        }
        #expect(try drawn("").isEmpty)
        #expect(try drawn("q Q").isEmpty)
        #expect(try !drawn("BT /Helv 9 Tf (x) Tj ET").isEmpty)
        #expect(try drawn("BT /Lain 9 Tf (x) Tj ET").isEmpty)
        #expect(try !drawn("q Q", "/Filter /Asing").isEmpty, "what cannot be read may name anything")
    }

    /// A tagged document.
    private static let tagged: [Int: String] = {
        var base = SmallPDF.objects
        base[1] = "<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /StructTreeRoot 40 0 R >>"
        base[40] = "<< /Type /StructTreeRoot /K 41 0 R /ParentTree 42 0 R /ParentTreeNextKey 1 >>"
        base[41] = "<< /Type /StructElem /S /Document /P 40 0 R /K [43 0 R] >>"
        base[42] = "<< /Nums [0 [43 0 R]] >>"
        base[43] = "<< /Type /StructElem /S /P /P 41 0 R /Pg 3 0 R /K 0 >>"
        return base
    }()

    /// What a signature by iText adds to a tagged document.
    private var taggedSignature: [Int: String] {
        secondField.merging([
            3: SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R 20 0 R").replacing(
                "/MediaBox",
                with: "/Tabs /S /MediaBox"
            ),
            40: "<< /Type /StructTreeRoot /K 41 0 R /ParentTree 42 0 R /ParentTreeNextKey 2 >>",
            41: "<< /Type /StructElem /S /Document /P 40 0 R /K [43 0 R 44 0 R] >>",
            42: "<< /Nums [0 [43 0 R] 1 44 0 R] >>",
            44: "<< /Type /StructElem /S /Form /P 41 0 R /Pg 3 0 R /K << /Type /OBJR /Obj 20 0 R >> >>",
        ]) { $1 }
    }

    @Test
    func `a later signature may enter itself into the structure of a tagged document`() throws {
        let found = try changes(taggedSignature, base: Self.tagged, later: [20: .signature])
        #expect(found.forbidden.isEmpty, "\(found.forbidden)")
        // Without a later signature, and where nothing may be filled, the structure stays.
        let alone = Self.tagged.merging([41: taggedSignature[41] ?? "", 44: taggedSignature[44] ?? ""]) { $1 }
        #expect(try !changes(alone, base: Self.tagged).forbidden.isEmpty)
        #expect(try !changes(taggedSignature, base: Self.tagged, level: 1, later: [20: .signature]).forbidden.isEmpty)
    }

    @Test(arguments: [
        (43, "<< /Type /StructElem /S /P /P 41 0 R /Pg 3 0 R /K 0 /ActualText (93 persen) >>"),
        (41, "<< /Type /StructElem /S /Document /P 40 0 R /K [44 0 R] >>"),
        (41, "<< /Type /StructElem /S /Document /P 40 0 R /K [44 0 R 43 0 R 43 0 R] >>"),
        (42, "<< /Nums [0 [44 0 R] 1 44 0 R] >>"), (42, "<< /Nums [0 [43 0 R] 1 43 0 R] >>"),
        (42, "<< /Nums [0 [43 0 R] 0 44 0 R] >>"),
        (44, "<< /Type /StructElem /S /Form /P 41 0 R /Pg 3 0 R /K << /Type /OBJR /Obj 6 0 R >> >>"),
        (44, "<< /Type /StructElem /S /P /P 41 0 R /Pg 3 0 R /K 0 >>"),
        (44, "<< /Type /StructElem /S /Form /P 41 0 R /ActualText (93) /K << /Type /OBJR /Obj 20 0 R >> >>"),
        (44, "<< /Type /StructElem /S /Form /P 41 0 R /K 44 0 R >>"),
    ])
    func `nothing else of the structure changes with a later signature`(_ number: Int, _ text: String) throws {
        let update = taggedSignature.merging([number: text]) { $1 }
        #expect(try !changes(update, base: Self.tagged, later: [20: .signature]).forbidden.isEmpty)
    }

    @Test
    func `a mark of the program on the page tree, and a default of a field that was filled, change nothing`() throws {
        #expect(try changes(object(2, adding: "/ITXT (5.5.13)")).forbidden.isEmpty)
        #expect(try !changes(object(2, adding: "/ITXT 4 0 R")).forbidden.isEmpty)
        let filled = object(6, adding: "/V (470/1) /DA (/Helv 9 Tf) /AP << /N 20 0 R >>").merging([20: Self.appearance])
        { $1 }
        #expect(try changes(filled).forbidden.isEmpty)
        #expect(try !changes(object(6, adding: "/DA (/Helv 99 Tf)")).forbidden.isEmpty)
    }

    @Test
    func `the widget of a field that waited may come onto its page when it is signed`() throws {
        var base = SmallPDF.objects
        base[3] = SmallPDF.page(annotations: "6 0 R 7 0 R")
        let signed = object(11, adding: "/V 21 0 R").merging([
            21: "<< /Type /Sig >>", 3: SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R"),
        ]) { $1 }
        #expect(try changes(signed, base: base, later: [11: .signature]).forbidden.isEmpty)
        #expect(try !changes([3: SmallPDF.page(annotations: "6 0 R 7 0 R 11 0 R")], base: base).forbidden.isEmpty)
    }
}
