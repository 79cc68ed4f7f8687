package import RecordsModel

/// What was found out about the electronic signatures of one file.
package struct SignatureReport: Codable, Hashable, Sendable {
    /// SHA-256 of the file in hexadecimal digits.
    package var sha256: String
    /// Its length.
    package var bytes: Int
    /// The worst verdict in it; `none` without a signature.
    package var category: Category
    /// Whether it could be read.
    package var readable: Readability
    /// How many signatures it has, document time stamps included.
    package var signatureCount: Int
    /// How many signature fields wait to be signed.
    package var unsignedFields: Int
    /// Whether any of the signatures covers the whole file.
    package var coversWholeFile: Bool
    /// The signatures, in the order of the form's fields.
    package var signatures: [SignatureFinding]
    /// What else is worth telling, in words.
    package var notes: [String]
    /// The time at which certificates were held to be good or not, where nothing proves another.
    package var checkedAt: Moment
    /// What looked at it: names and versions.
    package var tools: [String: String]
    /// What is to be drawn to confirm the verdicts; nil once that is done, and where nothing came after signing.
    package var drawings: [RevisionDrawing]?

    /// The worst verdict of a file.
    package enum Category: String, Codable, Sendable {
        /// Every signature is valid.
        case valid
        /// A signature is invalid.
        case invalid
        /// No signature is invalid, and one cannot be told, or the file could not be looked into.
        case cannotTell = "cannot-tell"
        /// There is no signature.
        case none
    }

    /// Whether a file could be read.
    package enum Readability: String, Codable, Sendable {
        /// As it is.
        case yes
        /// Not without its password.
        case password
        /// Only by guessing where its objects stand.
        case damaged
        /// Not at all: it is no PDF, or nothing of it is left.
        case no
        /// It was not opened, since its bytes rule out that it has a signature: see ``SignatureScreen``.
        case notOpened = "not-opened"
    }

    /// What is said of a PDF whose bytes rule out that it has a signature.
    ///
    /// - Parameters:
    ///   - bytes: its length.
    ///   - sha256: its digest in hexadecimal digits.
    ///   - moment: when that was found.
    /// - Returns: the report.
    package static func ruledOut(bytes: Int, sha256: String, at moment: Moment) -> SignatureReport {
        SignatureReport(
            sha256: sha256,
            bytes: bytes,
            category: .none,
            readable: .notOpened,
            signatureCount: 0,
            unsignedFields: 0,
            coversWholeFile: false,
            signatures: [],
            notes: [],
            checkedAt: moment,
            tools: ["screen": SignatureScreen.version]
        )
    }

    private enum CodingKeys: String, CodingKey {
        case sha256, bytes, category, readable, signatures, notes, tools, drawings
        case signatureCount = "signature_count"
        case unsignedFields = "unsigned_fields"
        case coversWholeFile = "covers_whole_file"
        case checkedAt = "checked_at"
    }

    /// The verdict in words, for one line.
    package var summary: String {
        switch category {
        case .none where readable == .no: "no signature: the file is no readable PDF"
        case .none: "no signature"
        case .cannotTell where signatures.isEmpty && readable == .password:
            "cannot tell: the file opens with a password only"
        case .cannotTell where signatures.isEmpty: "cannot tell: the file cannot be read"
        case .valid: signatureCount == 1 ? "valid" : "all \(signatureCount) signatures valid"
        case .invalid, .cannotTell:
            signatures.filter { $0.verdict != .valid }.map { $0.verdict.rawValue + ": " + $0.reason.rawValue }
                .joined(separator: "; ")
        }
    }
}
