package import RecordsModel

/// What words mean in an office, so that a question is understood and not only looked up.
///
/// All of it is the office's own data: document types of the procedure, units and abbreviations of `berkas.yaml`.
package struct SearchSense: Hashable, Sendable {
    /// A document type, as questions name it.
    struct Kind: Hashable, Sendable {
        /// Its id.
        let id: String
        /// Its names, each as words, without the name of the plan itself: `undangan`, `surat pengantar`.
        let names: [[String]]
        /// Which stage of the plan it is; nil for what is no stage of it.
        let stage: PlanStage?
    }

    /// A short form with what it stands for, both as words.
    struct Short: Hashable, Sendable {
        let short: [String]
        let long: [String]
    }

    let kinds: [Kind]
    /// Names of the plan itself, each as words: `rkt`, `rencana kerja tahunan`.
    let planNames: [[String]]
    /// The office's name.
    let office: [String]
    /// The names of its units.
    let units: [[String]]
    /// The office's name and those of its units to the letter.
    let officeName: String
    let shorts: [Short]
    /// The day of the question, where it is known: without it `tahun lalu` is not guessed.
    let today: CivilDate?

    /// The stages by document type.
    let stages: [String: PlanStage]

    /// No sense: words are words.
    package static let none = SearchSense(kinds: [], planNames: [], office: "", units: [], shorts: [], today: nil)

    private init(
        kinds: [Kind],
        planNames: [[String]],
        office: String,
        units: [String],
        shorts: [Abbreviation],
        today: CivilDate?
    ) {
        self.kinds = kinds
        self.planNames = planNames
        self.office = Self.words(office)
        self.units = units.map(Self.words)
        officeName = office
        self.shorts = shorts.map { Short(short: Self.words($0.short), long: Self.words($0.long)) }
        self.today = today
        stages = Dictionary(kinds.compactMap { kind in kind.stage.map { (kind.id, $0) } }) { first, _ in first }
    }

    /// What words mean by an office's procedure and settings.
    ///
    /// - Parameters:
    ///   - procedure: the procedure, for the document types and the stages of the plan.
    ///   - settings: the settings, for names, abbreviations and the types that are the signed plan.
    ///   - today: the day of the question; nil where it is not known.
    package init(procedure: Procedure, settings: OfficeSettings, today: CivilDate?) {
        let planTypes = settings.retention.planTypes
        func isPlan(_ type: DocumentType) -> Bool {
            type.stage == .signed || type.stage == nil && planTypes.contains { ExactText($0) == ExactText(type.id) }
        }
        var planNames = [Self.words(procedure.id)]
        for type in procedure.types where isPlan(type) {
            for name in [type.id, type.name] + type.aliases {
                let words = Self.words(name).filter { !QuestionWords.papers.contains($0) }
                if !words.isEmpty, !planNames.contains(words) { planNames.append(words) }
            }
        }
        for entry in settings.abbreviations where planNames.contains(Self.words(entry.short)) {
            planNames.append(Self.words(entry.long))
        }
        let single = Set(planNames.filter { $0.count == 1 }.map { $0[0] })
        let kinds = procedure.types.map { type in
            let names = ([type.id, type.name] + type.aliases).map { name in
                Self.words(name).filter { !single.contains($0) }
            }
            let own = isPlan(type) ? [] : names.filter { !$0.isEmpty && !planNames.contains($0) }
            return Kind(
                id: type.id,
                names: own,
                stage: type.stage ?? (isPlan(type) ? .signed : Self.stage(of: own.flatMap(\.self)))
            )
        }
        self.init(
            kinds: kinds,
            planNames: planNames,
            office: settings.office,
            units: settings.units,
            shorts: settings.abbreviations,
            today: today
        )
    }

    /// The stage that a type's own names speak of, for a procedure that says nothing of stages.
    private static func stage(of words: [String]) -> PlanStage? {
        if words.contains(where: QuestionWords.draft.contains) { return .draft }
        return words.contains(where: QuestionWords.final.contains) ? .final : nil
    }

    /// The words of a name, as the index has them.
    static func words(_ text: String) -> [String] {
        WordScanner.words(of: text).map { String(decoding: $0.form, as: UTF8.self) }
    }

    /// The types of a stage.
    func types(of stage: PlanStage) -> [String] { kinds.filter { $0.stage == stage }.map(\.id) }

    /// Every word that the sense knows: what a mistyped word may have been.
    var vocabulary: Set<String> {
        var words = QuestionWords.all
        for name in kinds.flatMap(\.names) + planNames + units + [office] { words.formUnion(name) }
        for entry in shorts {
            words.formUnion(entry.short)
            words.formUnion(entry.long)
        }
        return words
    }

    /// Whether a word is a short form of a run of words in the office's or a unit's name, put together of pieces of them:
    /// `disdukcapil`, `dafduk`.
    func isShort(_ word: String, of name: [String]) -> Bool {
        let words = name.filter { !QuestionWords.small.contains($0) }
        guard word.utf8.count > 4, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else { return false }
        return words.indices.contains { Self.isMade(Array(word.utf8)[...], of: words[$0...], pieces: 0) }
    }

    private static func isMade(_ rest: ArraySlice<UInt8>, of words: ArraySlice<String>, pieces: Int) -> Bool {
        if rest.isEmpty { return pieces > 1 }
        guard let word = words.first.map({ Array($0.utf8) }) else { return false }
        for count in stride(from: min(5, rest.count), through: 2, by: -1) {
            let piece = rest.prefix(count)
            let stands = word.indices.contains { word[$0...].starts(with: piece) && ($0 == 0 || word.count > 4) }
            // Of a first word its first letter and others: dis of dinas.
            let isSkipping = pieces == 0 && count == 3 && isSpread(piece, in: word)
            if stands || isSkipping, isMade(rest.dropFirst(count), of: words.dropFirst(), pieces: pieces + 1) {
                return true
            }
        }
        return false
    }

    private static func isSpread(_ piece: ArraySlice<UInt8>, in word: [UInt8]) -> Bool {
        guard piece.first == word.first else { return false }
        var letters = word[...]
        return piece.allSatisfy { letter in
            guard let place = letters.firstIndex(of: letter) else { return false }
            letters = letters[(place + 1)...]
            return true
        }
    }
}
