import Acts
import RecordsModel
import Retention

/// The auditor's questions of one year, answered (`domain.md` section 7).
///
/// After the logic of the supervision form: one missing column makes the whole question "no", one "no" upstream makes
/// the dependent answers "no". What cannot be told is never "yes", and where there is nothing, that is said.
package struct RetentionAudit: Sendable {
    private typealias Own = (value: AuditAnswer.Value, behind: [AuditAnswer.Behind])

    /// The year.
    package let year: Int
    /// The answers in the order of the questions.
    package let answers: [AuditAnswer]

    /// Answers the questions.
    package init(_ input: AuditInput) {
        year = input.year
        var found: [AuditQuestion: AuditAnswer] = [:]
        // Every question stands behind those that it depends on; a test holds the order to that.
        for question in AuditQuestion.allCases {
            let own = Self.answer(question, input)
            let no = question.upstream.filter { found[$0]?.value == .no }
            let unknown = question.upstream.filter { found[$0]?.value == .cannotTell }
            var value = own.value
            var forcedBy: [AuditQuestion] = []
            if !no.isEmpty, value != .no, value != .nothing {
                (value, forcedBy) = (.no, no)
            } else if !unknown.isEmpty, value == .yes {
                (value, forcedBy) = (.cannotTell, unknown)
            }
            found[question] = AuditAnswer(question: question, value: value, behind: own.behind, forcedBy: forcedBy)
        }
        answers = AuditQuestion.allCases.compactMap { found[$0] }
    }

    /// The answer to one question.
    package subscript(question: AuditQuestion) -> AuditAnswer? { answers.first { $0.question == question } }

    private static func answer(_ question: AuditQuestion, _ input: AuditInput) -> Own {
        switch question {
        case .listComplete: listComplete(input)
        case .columnsComplete: columnsComplete(input)
        case .scheduleAdopted: scheduleAdopted(input)
        case .everyRecordHasRule: everyRecordHasRule(input)
        case .noOverdueActive: noOverdueActive(input)
        case .overdueInactiveProposed: overdueInactiveProposed(input)
        case .approvalsComplete: approvalsComplete(input)
        case .destructionsProven: destructionsProven(input)
        case .holdsRespected: holdsRespected(input)
        case .copiesDestroyed: copiesDestroyed(input)
        case .fixityChecked: fixityChecked(input)
        case .nothingRefused: nothingRefused(input)
        }
    }

    private static func records(_ input: AuditInput) -> [AuditRecord] {
        input.records.filter { $0.year == input.year }.sorted { $0.id < $1.id }
    }

    private static func listComplete(_ input: AuditInput) -> Own {
        let records = records(input)
        let absent = records.filter { $0.isListed == false }.map {
            AuditAnswer.Behind(
                $0.id.description,
                "it is kept and not on the list",
                words: "disimpan dan tidak tercantum dalam daftar"
            )
        }
        if !absent.isEmpty { return (.no, absent) }
        let unknown = records.filter { $0.isListed == nil }.map {
            AuditAnswer.Behind(
                $0.id.description,
                "nobody can tell whether it is on the list",
                words: "tidak diketahui apakah tercantum dalam daftar"
            )
        }
        if records.isEmpty { return (.nothing, []) }
        return unknown.isEmpty ? (.yes, []) : (.cannotTell, unknown)
    }

    private static func columnsComplete(_ input: AuditInput) -> Own {
        let records = records(input)
        if records.isEmpty { return (.nothing, []) }
        return verdict(
            input,
            records.filter { !$0.missingColumns.isEmpty }.map {
                let columns = $0.missingColumns.joined(separator: ", ")
                return AuditAnswer.Behind($0.id.description, "empty: " + columns, words: "kosong: " + columns)
            }
        )
    }

    private static func scheduleAdopted(_ input: AuditInput) -> Own {
        guard let schedule = input.schedule else { return (.no, []) }
        let authority = schedule.authority ?? ""
        let version = schedule.version
        if schedule.isSample { return (.no, [.init(version, "it is the marked sample", words: "hanya CONTOH")]) }
        guard !authority.isBlank, let adopted = schedule.adopted else {
            let words = "tidak diketahui siapa yang menetapkannya dan kapan"
            return (.no, [.init(version, "nothing says who adopted it, and when", words: words)])
        }
        let message = "adopted on \(adopted) on the authority of \(authority)"
        let words = "ditetapkan \(RetentionWords.day(adopted).indonesian) berdasarkan \(authority)"
        return (.yes, [.init(version, message, words: words)])
    }

    /// The answer about the records of the year: what cannot be told of one of them is never "yes", and neither is none.
    private static func verdict(_ input: AuditInput, _ behind: [AuditAnswer.Behind]) -> Own {
        if !behind.isEmpty { return (.no, behind) }
        let records = records(input)
        // Of records that are gone, their tombstones tell; the questions about those are others.
        if records.isEmpty { return (.nothing, []) }
        let unknown = records.filter { $0.phase == .cannotTell }.map {
            AuditAnswer.Behind(
                $0.id.description,
                "it is not on the list, so that nothing can be told of it",
                words: "tidak ada dalam daftar, sehingga tidak dapat dinilai"
            )
        }
        return unknown.isEmpty ? (.yes, []) : (.cannotTell, unknown)
    }

    private static func everyRecordHasRule(_ input: AuditInput) -> Own {
        let own = verdict(
            input,
            records(input).compactMap { record in
                switch record.phase {
                case .noRule:
                    .init(
                        record.id.description,
                        "no row of the schedule applies to it",
                        words: "tidak ada baris JRA yang berlaku"
                    )
                case .notStarted:
                    .init(
                        record.id.description,
                        "the event that starts its period has no date",
                        words: "peristiwa yang memulai jangka simpannya belum bertanggal"
                    )
                case .active, .overdueActive, .inactive, .due, .handedOver, .cannotTell: nil
                }
            } + dates(input, isAccepted: false)
        )
        // A reason that somebody gave is the auditor's to judge: it is told whatever the answer.
        let accepted = dates(input, isAccepted: true)
        guard own.value == .yes, let version = input.schedule?.version else {
            return (own.value, own.behind + accepted)
        }
        let words = "semua aturan berasal dari versi ini"
        return (.yes, [.init(version, "every rule comes from this version", words: words)] + accepted)
    }

    /// The dates that cannot be believed, with or without a reason.
    private static func dates(_ input: AuditInput, isAccepted: Bool) -> [AuditAnswer.Behind] {
        input.dates.filter { $0.isAccepted == isAccepted }.map {
            AuditAnswer.Behind($0.record.description, $0.message, words: $0.words)
        }
    }

    private static func noOverdueActive(_ input: AuditInput) -> Own {
        verdict(
            input,
            records(input).compactMap { record in
                guard let since = record.unmovedSince else { return nil }
                return .init(
                    record.id.description,
                    "its active period is over, and since \(since) nothing moved it",
                    words: "masa aktifnya berakhir, dan sejak \(RetentionWords.day(since).indonesian) belum dipindahkan"
                )
            }
        )
    }

    private static func overdueInactiveProposed(_ input: AuditInput) -> Own {
        let open = input.disposals.openItems
        return verdict(
            input,
            records(input).compactMap { record in
                guard case .due(let action, let since) = record.phase, open[record.id] == nil else { return nil }
                return .init(
                    record.id.description,
                    "due (\(action.rawValue)) since \(since), and on no list",
                    words: "\(action.words) sejak \(RetentionWords.day(since).indonesian), dan belum diusulkan"
                )
            }
        )
    }
}
