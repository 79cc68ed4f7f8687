/// What a schedule says shall become of a record in the end (nasib akhir).
package enum Disposition: String, Hashable, Sendable, Codable, CaseIterable {
    /// Destroy (musnah).
    case destroy
    /// Keep for ever, and hand over to the archives (permanen).
    case permanent
    /// Appraise again (dinilai kembali).
    case review
    /// A rule with an exception, such as "Musnah, kecuali …": a person decides for each record.
    case personDecides = "person-decides"

    /// What is to be done once it is due.
    package var action: RetentionAction {
        switch self {
        case .destroy: .destroy
        case .permanent: .transfer
        case .review: .review
        case .personDecides: .decide
        }
    }
}

/// What is to be done with a record that is due (R3).
package enum RetentionAction: String, Hashable, Sendable, Codable, CaseIterable {
    /// Propose its destruction (usul musnah).
    case destroy
    /// Propose to hand it over to the archives (usul serah); it is kept for ever.
    case transfer
    /// Appraise it again.
    case review
    /// Let a person decide, with the verbatim phrase before the eyes.
    case decide
}

/// A disposition phrase as a schedule publishes it, and what it means.
package struct DispositionPhrase: Hashable, Sendable {
    /// The cell to the letter.
    package let text: String
    /// What it means.
    package let disposition: Disposition

    /// Reads a cell; nil where it is not understood.
    ///
    /// "Musnah, kecuali …" and its like are left to a person, whatever the exception says.
    package init?(_ text: String, vocabulary: RetentionVocabulary = .standard) {
        let words = PhraseText(text).words
        if let known = vocabulary.dispositions.first(where: { $0.words == words }) {
            self.text = text
            disposition = known.disposition
            return
        }
        for known in vocabulary.dispositions where words.starts(with: known.words) {
            var rest = words.dropFirst(known.words.count)
            if rest.first == "," { rest.removeFirst() }
            guard let first = rest.first, RetentionVocabulary.exceptions.contains(first), rest.count > 1 else {
                continue
            }
            self.text = text
            disposition = .personDecides
            return
        }
        return nil
    }
}
