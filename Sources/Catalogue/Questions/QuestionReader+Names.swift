import RecordsModel

/// Names that an office uses: of the plan, of types of documents, of itself, and their short forms.
extension QuestionReader {
    /// A name that questions use, and what it stands for.
    enum Named {
        /// A document type, by its id.
        case type(String)
        /// A short form, or what it stands for.
        case short(SearchSense.Short)
        /// The office itself.
        case office
        /// The plan.
        case plan
    }

    mutating func takeNames() {
        let names = self.names.sorted { $0.words.count > $1.words.count }
        for (name, stands) in names {
            while let places = run(of: name) { take(name, places, stands) }
        }
        takeOffice()
    }

    var names: [(words: [String], stands: Named)] {
        sense.planNames.map { ($0, .plan) }
            + sense.kinds.flatMap { kind in kind.names.map { ($0, .type(kind.id)) } }
            + [(Self.significant(sense.office), .office)]
            + sense.shorts.flatMap { [($0.short, .short($0)), (Self.significant($0.long), .short($0))] }
    }

    static func significant(_ words: [String]) -> [String] {
        words.filter { !QuestionWords.small.contains($0) }
    }

    /// Where a name stands in the question, small words between its own passed over.
    func run(of name: [String]) -> [Int]? {
        let wanted = Self.significant(name)
        guard !wanted.isEmpty else { return nil }
        for start in terms.indices where !isTaken[start] && words[start] == wanted[0] {
            var (places, index) = ([start], start + 1)
            while places.count < wanted.count, index < terms.count, !isTaken[index], let word = words[index] {
                if word == wanted[places.count] {
                    places.append(index)
                } else if !QuestionWords.small.contains(word) {
                    break
                }
                index += 1
            }
            if places.count == wanted.count { return places }
        }
        // A short form of several words is typed as one: KTP-el.
        return terms.indices.first {
            !isTaken[$0] && terms[$0].kind == .joined && wanted.count > 1
                && terms[$0].words == wanted
        }.map { [$0] }
    }

    mutating func take(_ name: [String], _ places: [Int], _ stands: Named) {
        take(places)
        let own: Clause.Way = places.count == 1 ? .term(terms[places[0]]) : .all(places.map { terms[$0] })
        switch stands {
        case .plan: addPlan(places)
        case .office: break
        case .type(let id):
            let stage = sense.stages[id]
            guard stage == nil else {
                addMeaning(stage == .draft ? \.isDraft : \.isFinal, stage ?? .final, places)
                return
            }
            meaning.types.insert(id)
            let types = sense.kinds.filter { $0.names.contains(name) }.map(\.id)
            add(.type, places, [own] + types.map(Self.facet))
        case .short(let entry): takeShort(entry, own, places)
        }
    }

    mutating func takeShort(_ entry: SearchSense.Short, _ own: Question.Clause.Way, _ places: [Int]) {
        let same = sense.shorts.filter {
            [entry.short, entry.long].contains($0.short) || [entry.short, entry.long].contains($0.long)
        }
        let long = Self.significant(entry.long)
        if sense.planNames.contains(entry.short) || sense.planNames.contains(entry.long) {
            addPlan(places)
        } else if isOffice(long) {
            return
        } else {
            var ways = [own]
            for name in same.flatMap({ [$0.short, $0.long] }) {
                if let term = TextQuery("\"\(name.joined(separator: " "))\"")?.terms.first, !ways.contains(.term(term))
                {
                    ways.append(.term(term))
                }
            }
            let types = sense.kinds.filter { kind in
                same.contains { kind.names.contains($0.long) || kind.names.contains($0.short) }
            }
            for type in types where type.stage == nil {
                meaning.types.insert(type.id)
                ways.append(Self.facet(type.id))
            }
            add(types.isEmpty ? .content : .type, places, ways)
        }
    }

    /// Whether a run of words stands in the office's name, and in that of no other unit.
    func isOffice(_ words: [String]) -> Bool {
        func has(_ name: [String]) -> Bool {
            let name = Self.significant(name)
            guard words.count <= name.count, !words.isEmpty else { return false }
            return (0...(name.count - words.count)).contains { name[$0...].starts(with: words) }
        }
        return has(sense.office) && !sense.units.contains { $0 != sense.office && has($0) }
    }

    /// Every record is the office's: its name, a part of it or a short form asks for nothing.
    mutating func takeOffice() {
        var start = 0
        while start < terms.count {
            var end = start
            var places: [Int] = []
            while end < terms.count, !isTaken[end], let word = words[end] {
                if !QuestionWords.small.contains(word) { places.append(end) }
                end += 1
            }
            let longest = officeRun(of: places)
            if let longest { take(longest) }
            start = max(end, start + 1)
        }
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place], sense.isShort(word, of: sense.office) else { continue }
            if !sense.units.contains(where: { $0 != sense.office && sense.isShort(word, of: $0) }) {
                isTaken[place] = true
            }
        }
    }

    /// The longest run of two words or more that stands in the office's name.
    func officeRun(of places: [Int]) -> ArraySlice<Int>? {
        for count in stride(from: places.count, through: 2, by: -1) {
            for start in 0...(places.count - count) {
                let run = places[start..<start + count]
                if isOffice(run.compactMap { words[$0] }) { return run }
            }
        }
        return nil
    }

    /// Two words of the plan's name, in any order, are the plan.
    mutating func takePlan() {
        guard !meaning.isPlan else { return }
        var best: [Int] = []
        for name in sense.planNames where name.count > 1 {
            let places = terms.indices.filter { place in
                !isTaken[place] && words[place].map { name.contains($0) } ?? false
            }
            let distinct = Set(places.compactMap { words[$0] })
            if distinct.count > 1, distinct.contains(name[0]), places.count > best.count { best = places }
        }
        if !best.isEmpty {
            take(best)
            addPlan(best)
        }
    }

    /// The first words of a name that has a short form, two at least: `laporan kinerja`.
    mutating func takeBeginnings() {
        for entry in sense.shorts {
            let long = Self.significant(entry.long)
            for count in stride(from: long.count - 1, through: 2, by: -1) {
                guard let places = run(of: Array(long.prefix(count))) else { continue }
                take(places)
                takeShort(entry, .all(places.map { terms[$0] }), places)
            }
        }
    }

    mutating func addPlan(_ places: [Int]) {
        guard !meaning.isPlan else { return }
        meaning.isPlan = true
        var ways = sense.planNames.compactMap { name in
            TextQuery("\"\(name.joined(separator: " "))\"")?.terms.first.map { Clause.Way.term($0) }
        }
        ways += PlanStage.allCases.flatMap { sense.types(of: $0) }.map(Self.facet)
        add(.plan, places, ways)
    }

    static func facet(_ type: String) -> Question.Clause.Way { .facet("xt" + Hex.text(type.utf8)) }

    mutating func add(_ kind: Question.Clause.Kind, _ places: [Int], _ ways: [Question.Clause.Way]) {
        clauses.append((places[0], Clause(kind: kind, ways: ways, words: places.map(shown))))
    }
}
