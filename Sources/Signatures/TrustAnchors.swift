/// The certificates that chains must lead to: who is trusted, and for what.
package struct TrustAnchors {
    /// What a trust anchor may vouch for.
    package enum Use: Hashable, Sendable, CaseIterable {
        /// People and offices that sign.
        case signers
        /// Time stamp authorities.
        case timeStamps
    }

    /// A file of anchors that cannot be used.
    package struct UnreadableError: Error, CustomStringConvertible {
        /// The file, as the caller named it.
        package let name: String
        /// What, which, why, what to do.
        package var description: String {
            "the trust anchors in '\(name)' cannot be read: it holds no certificate in PEM form, or one that is broken; "
                + "put one or more blocks 'BEGIN CERTIFICATE' there"
        }
    }

    /// Anchors for signers.
    private(set) var signers: [Certificate] = []
    /// Anchors for time stamp authorities.
    private(set) var timeStamps: [Certificate] = []

    /// No anchors: no signature can then be valid.
    package init() {}

    /// How many anchors there are, those for both uses once.
    package var count: Int { Set((signers + timeStamps).map(\.der)).count }

    /// Adds the certificates of a PEM text.
    ///
    /// - Parameters:
    ///   - pem: one or more certificates.
    ///   - name: where it comes from, for the error.
    ///   - uses: what they may vouch for.
    /// - Throws: where there is no certificate, or one cannot be read.
    package mutating func add(pem: [UInt8], name: String, for uses: Set<Use>) throws(UnreadableError) {
        guard let certificates = Certificate.list(pem: pem), !certificates.isEmpty else {
            throw UnreadableError(name: name)
        }
        if uses.contains(.signers) { signers += certificates }
        if uses.contains(.timeStamps) { timeStamps += certificates }
    }

    /// Adds the files of a folder of anchors, such as `policy/trust/*.pem`.
    ///
    /// A file whose name begins with `tsa` holds anchors for time stamps only. Where there is one, the others are for
    /// signers only; where there is none, they are for both.
    ///
    /// - Parameter files: names without a folder, and contents.
    /// - Throws: where a file has no certificate, or one cannot be read.
    package mutating func add(files: [(name: String, pem: [UInt8])]) throws(UnreadableError) {
        func isForTimeStamps(_ name: String) -> Bool { name.lowercased().utf8.starts(with: "tsa".utf8) }
        let areApart = files.contains { isForTimeStamps($0.name) }
        for file in files {
            let uses: Set<Use> =
                isForTimeStamps(file.name) ? [.timeStamps] : areApart ? [.signers] : [.signers, .timeStamps]
            try add(pem: file.pem, name: file.name, for: uses)
        }
    }
}
