/// What a person says of a document when it is filed: the columns of an intake row.
///
/// Texts are kept to the letter: the number of a letter is what stands on the paper (`470/ 257 /2023`), not what a
/// program makes of it.
package struct RecordDescription: Hashable, Sendable, Codable {
    /// The fiscal year of the plan, 1900 to 2200.
    package var year: Int
    /// The unit that the document comes from (unit pengolah).
    package var unit: String
    /// The step of the procedure, 1 to the number of its steps.
    package var step: Int
    /// The document type, an id of the procedure's policy file.
    package var type: String
    /// The title.
    package var title: String
    /// The document's own number, verbatim.
    package var number: String?
    /// The date on the document.
    package var date: CivilDate?
    /// Who signed it, verbatim.
    package var signer: String?
    /// How it was signed.
    package var signature: SignatureKind?
    /// The classification code, verbatim.
    package var classification: String?
    /// The security class of the access policy (SKKAAD).
    package var access: String?
    /// Where the paper lies.
    package var location: String?
    /// What ties successive versions of one record of one year together.
    package var label: String?
    /// A remark.
    package var note: String?

    /// A description with what must be there; the rest is set afterwards.
    package init(year: Int, unit: String, step: Int, type: String, title: String) {
        self.year = year
        self.unit = unit
        self.step = step
        self.type = type
        self.title = title
    }

    /// The fields in which another description differs, as `name: (here, there)` in a fixed order; `label` excepted.
    package func differences(from other: RecordDescription) -> [FieldDifference] {
        let fields: [(String, String?, String?)] = [
            ("unit", unit, other.unit),
            ("step", String(step), String(other.step)),
            ("type", type, other.type),
            ("title", title, other.title),
            ("number", number, other.number),
            ("date", date?.description, other.date?.description),
            ("signer", signer, other.signer),
            ("signature", signature?.rawValue, other.signature?.rawValue),
            ("classification", classification, other.classification),
            ("access", access, other.access),
            ("location", location, other.location),
            ("note", note, other.note),
        ]
        return fields.filter { $0.1.map { Array($0.utf8) } != $0.2.map { Array($0.utf8) } }
            .map { FieldDifference(field: $0.0, here: $0.1 ?? "", there: $0.2 ?? "") }
    }
}

/// One field that two descriptions of the same bytes do not agree on.
package struct FieldDifference: Hashable, Sendable {
    /// The column's name.
    package let field: String
    /// The value on this side.
    package let here: String
    /// The value on the other side.
    package let there: String
}

/// How a document was signed; whether an electronic signature is real is another question.
package enum SignatureKind: String, Sendable, Codable, CaseIterable {
    /// Ink on paper (tanda tangan basah).
    case wet = "basah"
    /// An electronic signature (tanda tangan elektronik, TTE).
    case electronic = "elektronik"
    /// No signature.
    case none = "tidak"
}

/// One file of a version: what it is called, how long it is and what it contains.
package struct RecordFile: Hashable, Sendable, Codable {
    /// The logical path within the version, `files/` and the name as received.
    package let path: String
    /// Length in bytes.
    package let size: Int
    /// SHA-512 of the content, 128 lower-case hexadecimal digits.
    package let sha512: String
    /// The name as received in hexadecimal digits, where its bytes are no UTF-8; nil for nearly all files.
    ///
    /// The path then holds a form of it that can be written as text.
    package let nameBytes: String?

    /// A file out of its parts.
    package init(path: String, size: Int, sha512: String, nameBytes: [UInt8]? = nil) {
        self.path = path
        self.size = size
        self.sha512 = sha512
        self.nameBytes = nameBytes.map(HexadecimalText.of)
    }

    /// The name as received, without `files/`; in its written form where it is no UTF-8.
    package var name: String { path.behind("files/") ?? path }

    /// The bytes of the name as received; nil where what stands for them is no name.
    package var receivedName: [UInt8]? {
        guard let nameBytes else { return Array(name.utf8) }
        guard let bytes = HexadecimalText.bytes(nameBytes), String(validating: bytes, as: UTF8.self) == nil else {
            return nil
        }
        return bytes
    }

    /// The name as a message shows it, on one line, bytes that are no UTF-8 written out as `\xE9`.
    package var shownName: String {
        guard nameBytes != nil, let bytes = receivedName else { return name.displayed }
        return ForeignText.shown(bytes).displayed
    }

    /// What the file is found by: its name, and beside one that is no UTF-8 the text that it most likely means.
    package var searchedNames: [String] {
        guard nameBytes != nil, let bytes = receivedName else { return [name] }
        return [name, ForeignText.western(bytes)]
    }
}

/// Where a version's bytes came from, as far as it can be told without naming a machine.
package struct RecordSource: Hashable, Sendable, Codable {
    /// The path within the batch, verbatim; in a written form where it is no UTF-8.
    package let path: String
    /// The path in hexadecimal digits, where its bytes are no UTF-8.
    package let pathBytes: String?
    /// The time of last change that the file carried when it was read, in whole seconds since 1970.
    package let modified: Int

    /// A source out of its parts.
    package init(path: String, modified: Int, pathBytes: [UInt8]? = nil) {
        self.path = path
        self.modified = modified
        self.pathBytes = pathBytes.map(HexadecimalText.of)
    }
}

/// What the electronic signatures of one file were worth when it was received.
///
/// Certificates expire and lists of revoked ones disappear: what was judged while they could be had is kept with what it
/// rests on.
package struct RecordSignatures: Hashable, Sendable, Codable {
    /// The file's path within the version.
    package let file: String
    /// The report, in the shape that `signature verify --json` prints.
    package let report: JSONValue

    /// What was found in a file.
    package init(file: String, report: JSONValue) {
        self.file = file
        self.report = report
    }
}

/// `record.json`: one version of one record, as it lies in the store beside its files.
///
/// The shape is published as `Schemas/record.schema.json`.
package struct RecordDocument: Hashable, Sendable, Codable {
    /// The name and version of the shape, `berkas/record/1`.
    package var schema = "berkas/record/1"
    /// The record's accession number.
    package let id: String
    /// The version of the record, from 1.
    package let version: Int
    /// The dossier that the record belongs to, such as `RKT/2024`.
    package let dossier: String
    /// What the person who filed it said of it.
    package let description: RecordDescription
    /// The files, in the order of their paths' bytes.
    package let files: [RecordFile]
    /// What the signatures of its PDF files were worth; nil where none of its files is a PDF.
    package let signatures: [RecordSignatures]?
    /// Where the bytes came from.
    package let source: RecordSource
    /// When it was received into the archive.
    package let received: Moment
    /// Who filed it.
    package let receivedBy: String

    /// A document out of its parts.
    package init(
        id: RecordID,
        version: Int,
        dossier: String,
        description: RecordDescription,
        files: [RecordFile],
        signatures: [RecordSignatures]? = nil,
        source: RecordSource,
        received: Moment,
        receivedBy: String
    ) {
        self.id = id.description
        self.version = version
        self.dossier = dossier
        self.description = description
        self.files = files
        self.signatures = signatures
        self.source = source
        self.received = received
        self.receivedBy = receivedBy
    }
}
