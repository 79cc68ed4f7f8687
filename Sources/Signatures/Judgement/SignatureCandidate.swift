/// A signature of the file with its parts taken apart, before it is judged.
struct SignatureCandidate {
    /// Its field.
    let field: SignatureField
    /// Its dictionary.
    let value: PDFDictionary
    /// Whether a person signed, or a time stamp authority.
    let kind: SignatureFinding.Kind
    /// `SubFilter`; nil where it has none.
    let subfilter: String?
    /// Its byte range, or what is wrong with it.
    let range: Result<ByteRange, ByteRange.Fault>
    /// What `Contents` holds.
    let contents: [UInt8]

    /// The forms of signature that are judged (ISO 32000-2, table 260).
    enum Form: Hashable {
        /// CMS over the byte range.
        case detached
        /// CMS over the byte range with the signer's certificate in its signed attributes.
        case cades
        /// A time stamp over the byte range.
        case timeStamp
        /// Withdrawn from the standard, or never in it.
        case other
    }

    /// Its form.
    var form: Form {
        switch subfilter {
        case "adbe.pkcs7.detached": .detached
        case "ETSI.CAdES.detached": .cades
        case "ETSI.RFC3161": .timeStamp
        default: .other
        }
    }

    /// Its byte range, where that is right.
    var goodRange: ByteRange? { try? range.get() }

    /// The bytes that it is over; nil where its range is wrong.
    var spans: [Range<Int>]? { goodRange.map { [$0.head, $0.tail] } }

    /// Whether it holds what a signature of its form is: what is none gives nobody the right to cover a page.
    var isSignature: Bool { form == .other || (try? SignedData(contents)) != nil }

    /// Takes the dictionary of a field apart.
    init?(_ field: SignatureField, in file: PDFFile) throws(PDFReadingError) {
        guard let value = field.value else { return nil }
        self.field = field
        self.value = value
        let name = try file.resolve(value["SubFilter"]).name
        subfilter = name?.description
        let type = try file.resolve(value["Type"]).name
        kind = name == "ETSI.RFC3161" || type == "DocTimeStamp" ? .documentTimestamp : .signature
        let written = try file.resolve(value["Contents"]).string
        var resolved: [PDFValue] = []
        for item in try file.array(value["ByteRange"]) { resolved.append(try file.resolve(item)) }
        var range: Result<ByteRange, ByteRange.Fault>
        if let owner = field.owner {
            do throws(ByteRange.Fault) {
                range = .success(
                    try ByteRange(
                        .array(resolved),
                        contents: file.isEncrypted ? nil : written ?? [],
                        owner: owner,
                        in: file.bytes
                    )
                )
            } catch {
                range = .failure(error)
            }
        } else {
            range = .failure(ByteRange.Fault(isMalformed: true, words: "the signature stands in no object of the file"))
        }
        self.range = range
        contents = (try? range.get())?.contents ?? written ?? []
    }
}
