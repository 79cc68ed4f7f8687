package import Acts
package import RecordsModel

extension DisposalPaper {
    /// Who did what with the list, one sentence each, and how sure it is that the person did it.
    ///
    /// What one person did several times on one day, such as to assess each record, is told once.
    var doers: [String] {
        var told: [String] = []
        for act in acts {
            guard let verb = act.event.doerWords else { continue }
            let sentence =
                "\(verb) oleh \(act.actor) pada \(IndonesianWords.day(act.time.date)) "
                + "(\(act.sure.formWords(act.account)))."
            if !told.contains(sentence) { told.append(sentence) }
        }
        return told
    }
}

extension EventType {
    /// What a person did to a list, as a paper says it; nil for what the program enters on the way.
    fileprivate var doerWords: String? {
        switch self {
        case .disposalProposed: "Diusulkan"
        case .disposalAssessed: "Dinilai"
        case .disposalEvidence: "Surat dilampirkan"
        case .disposalApproved: "Persetujuan dicatat"
        case .disposalObjected: "Keberatan diajukan"
        case .disposalObjectionLifted: "Keberatan dicabut"
        case .disposalBegun: "Dilaksanakan"
        case .disposalReceipt: "Tanda terima dicatat"
        case .disposalCancelled: "Dibatalkan"
        default: nil
        }
    }
}

extension Certainty {
    /// How sure the person of an act is, as a paper says it.
    ///
    /// - Parameter account: the account that entered the act.
    /// - Returns: the words, for brackets.
    package func formWords(_ account: Account?) -> String {
        let name = account.map { " '\($0.name)'" } ?? ""
        return switch self {
        case .key: "ditandatangani dengan kunci"
        case .account: "dengan akun sendiri\(name)"
        case .delegated: "dengan akun\(name), yang boleh mewakili"
        case .typed: name.isEmpty ? "nama hanya diketik" : "nama hanya diketik, akun\(name)"
        case .unproven: "menurut arsip lain, tidak terbukti"
        }
    }
}
