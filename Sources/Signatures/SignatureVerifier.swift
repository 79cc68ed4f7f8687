package import RecordsModel

/// Verifies the electronic signatures of PDF files, without network.
///
/// A file's bytes, trust anchors and a time go in; a ``SignatureReport`` comes out, and nothing is thrown: what cannot be
/// told is a verdict. The report is `Codable`, so that all of this can run in a process of its own with limits on memory
/// and time, where a hostile file can make its own verdict fail and nothing else.
///
/// The rules are those of ISO 32000-2, 12.8 (byte range, DocMDP, FieldMDP), ETSI EN 319 142-1 (PAdES), RFC 5652 (CMS),
/// RFC 5280 (paths, CRLs), RFC 6960 (OCSP) and RFC 3161 (time stamps). Structure is read by qpdf, cryptography done by
/// libcrypto.
package struct SignatureVerifier {
    /// Who is trusted.
    package let anchors: TrustAnchors
    /// The day of the check.
    package let now: Moment
    /// The word that opens the file; nil for the empty one.
    package let password: String?

    /// How large a file may be.
    package static let sizeLimit = 1 << 30

    /// How many signatures of a file are judged; more make the file unreadable.
    package static let signatureLimit = 200

    /// A verifier.
    ///
    /// - Parameters:
    ///   - anchors: who is trusted.
    ///   - now: the day of the check; times that come without an offset are shown with its offset.
    ///   - password: the word that opens the file.
    package init(anchors: TrustAnchors, now: Moment, password: String? = nil) {
        self.anchors = anchors
        self.now = now
        self.password = password
    }

    /// Looks at a file.
    package func report(on content: [UInt8]) -> SignatureReport {
        let bytes = FileBytes(content)
        var report = SignatureReport(
            sha256: Digesting.sha256(bytes),
            bytes: bytes.count,
            category: .none,
            readable: .no,
            signatureCount: 0,
            unsignedFields: 0,
            coversWholeFile: false,
            signatures: [],
            notes: [],
            checkedAt: now,
            tools: ["qpdf": PDFFile.version, "libcrypto": Digesting.version]
        )
        guard bytes.first("%PDF-", in: 0..<min(1029, bytes.count)) != nil else {
            report.notes.append("the file is no PDF")
            return report
        }
        do throws(PDFReadingError) {
            guard bytes.count <= Self.sizeLimit else { throw .limit("more than \(Self.sizeLimit) bytes") }
            try inspect(bytes, &report)
        } catch {
            refuse(&report, error, bytes)
        }
        return report
    }

    /// What is said of a file that cannot be looked into.
    private func refuse(_ report: inout SignatureReport, _ error: PDFReadingError, _ bytes: FileBytes) {
        report.signatures = []
        report.signatureCount = 0
        report.unsignedFields = 0
        report.coversWholeFile = false
        report.category = .cannotTell
        switch error {
        case .password:
            report.readable = .password
            report.notes.append("the file opens with a password only, so that nobody could look for signatures in it")
        case .limit(let words):
            report.readable = .no
            report.notes.append("the file goes beyond a limit of this program: \(words)")
        case .damaged(let words):
            report.readable = .no
            report.notes.append("the file is damaged beyond reading: \(words)")
            // Nothing in it says that it was ever signed.
            if bytes.first("/ByteRange", in: 0..<bytes.count) == nil { report.category = .none }
        }
    }

    private func inspect(_ bytes: FileBytes, _ report: inout SignatureReport) throws(PDFReadingError) {
        let (file, fields, isRepaired) = try open(bytes)
        report.readable = isRepaired ? .damaged : .yes
        if isRepaired { report.notes.append("the cross-reference data are broken; objects were looked for") }
        let signed = fields.filter { $0.value != nil }
        report.unsignedFields = fields.count - signed.count
        guard signed.count <= Self.signatureLimit else {
            throw .limit("more than \(Self.signatureLimit) signatures")
        }
        var judge = try DocumentJudge(file, fields: signed, verifier: self)
        report.signatures = judge.run()
        report.signatureCount = report.signatures.count
        report.coversWholeFile = report.signatures.contains { $0.coversWholeFile == true }
        let worst = report.signatures.map(\.verdict).reduce(SignatureVerdict.valid, SignatureVerdict.worse)
        report.category = signed.isEmpty ? .none : SignatureReport.Category(rawValue: worst.rawValue) ?? .cannotTell
        report.notes += judge.notes
        if !judge.drawings.isEmpty { report.drawings = judge.drawings }
        if isRepaired, signed.isEmpty, bytes.first("/ByteRange", in: 0..<bytes.count) != nil {
            report.category = .cannotTell
            report.notes.append("bytes of a signature stand in it, and no field of the form holds one")
        }
    }

    /// Opens the file as it is, or repaired where that fails.
    private func open(_ bytes: FileBytes) throws(PDFReadingError) -> (PDFFile, [SignatureField], Bool) {
        do throws(PDFReadingError) {
            let file = try PDFFile(bytes, end: bytes.count, password: password, repairing: false)
            return (file, try FormTree.signatureFields(of: file), false)
        } catch {
            guard case .damaged = error else { throw error }
            let file = try PDFFile(bytes, end: bytes.count, password: password, repairing: true)
            return (file, try FormTree.signatureFields(of: file), true)
        }
    }
}
