import Foundation

/// A PDF with one page, a text field, a signed field and a waiting one, to which revisions can be appended.
struct SmallPDF {
    /// The file so far.
    private(set) var bytes: [UInt8] = Array("%PDF-1.7\n".utf8)
    private var previous: Int?
    private var size = 0

    /// The objects of the first revision.
    static let objects: [Int: String] = [
        1: "<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: page(annotations: "6 0 R 7 0 R 11 0 R"),
        4: stream("BT /F1 12 Tf 20 20 Td (98 persen) Tj ET"),
        5: "<< /Fields [6 0 R 7 0 R 11 0 R] /SigFlags 3 /DR << /Font << /Helv 8 0 R >> >> >>",
        6: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (nomor) /Rect [10 10 90 20] /P 3 0 R /F 4 >>",
        7: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (ttd) /Rect [0 0 0 0] /P 3 0 R /V 9 0 R >>",
        8: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        9: "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name (KEPALA) >>",
        10: "<< /Title (Rencana) /ModDate (D:20240101000000Z) >>",
        11: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (kedua) /Rect [0 0 0 0] /P 3 0 R >>",
    ]

    /// The first revision.
    init(_ objects: [Int: String] = SmallPDF.objects) { append(objects) }

    /// The page with these annotations.
    static func page(annotations: String, contents: Int = 4) -> String {
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents \(contents) 0 R /Annots [\(annotations)] "
            + "/Resources << /Font << /F1 8 0 R >> >> >>"
    }

    /// A stream of a text.
    static func stream(_ text: String, _ entries: String = "") -> String {
        "<< \(entries) /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream"
    }

    /// Appends a revision with a cross-reference table.
    ///
    /// - Parameters:
    ///   - objects: what it holds.
    ///   - linked: whether it leads to the revision before it.
    ///   - said: the number of objects that its trailer says, where that is not the true one.
    ///   - shift: how far before each object its entry in the table leads.
    ///   - freed: numbers of objects that it takes away, each with its next generation.
    mutating func append(
        _ objects: [Int: String],
        linked: Bool = true,
        size said: Int? = nil,
        shift: Int = 0,
        freed: [Int: Int] = [:]
    ) {
        var places: [Int: Int] = [:]
        for (number, text) in objects.sorted(by: { $0.key < $1.key }) {
            places[number] = bytes.count
            add("\(number) 0 obj\n\(text)\nendobj\n")
        }
        size = max(size, (objects.keys.max() ?? 0) + 1)
        let table = bytes.count
        add("xref\n0 1\n0000000000 65535 f \n")
        for (number, place) in places.sorted(by: { $0.key < $1.key }) {
            add("\(number) 1\n" + String(format: "%010d 00000 n \n", place - shift))
        }
        for (number, generation) in freed { add("\(number) 1\n" + String(format: "0000000000 %05d f \n", generation)) }
        let link = linked ? previous.map { " /Prev \($0)" } ?? "" : ""
        add("trailer\n<< /Size \(said ?? size) /Root 1 0 R /Info 10 0 R\(link) >>\nstartxref\n\(table)\n%%EOF\n")
        previous = table
    }

    /// Appends any bytes.
    mutating func add(_ text: String) { bytes += Array(text.utf8) }
}
