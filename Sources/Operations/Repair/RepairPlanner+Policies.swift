import Acts
import ArchiveHome
import FileSafety
import RecordsModel
import SystemPackage

extension RepairPlanner {
    // MARK: - Policies

    /// Plans the texts of policy files that the ledger names: one that is not in `policy/history` is written there anew, where
    /// the file itself still is that text.
    ///
    /// A copy that was made while the home was written to may lack what was put there behind its back.
    func planPolicies() {
        var lying: [PolicyText: [UInt8]] = [:]
        for file in PolicyFile.allCases {
            let found = PolicyDesk.Found(file, in: home)
            lying[found.text] = found.bytes
        }
        for text in facts.policies.texts.sorted(by: { ($0.kept ?? "") < ($1.kept ?? "") }) {
            guard let name = text.kept, let part = FilePath.Component(name), (try? home.kept(text)) == nil else {
                continue
            }
            let path = "policy/history/\(name)"
            guard let bytes = lying[text] else {
                refuse(
                    .policy,
                    path,
                    "the text of '\(text.file.displayed)' that the ledger names is missing, or is another one",
                    remedy: "bring it from a copy: cp -a COPY/\(Shell.quoted(path)) \(typed("policy/history/"))"
                        + wayBack(naming[name])
                )
                continue
            }
            add(
                .policy,
                path,
                "the text of '\(text.file.displayed)' that the ledger names is written anew",
                why: "the file that lies there has the SHA-512 that the ledger names"
            ) { [files, home] in
                try files.makeDirectories(home.policyHistory)
                try home.keep(bytes, as: part, files)
            }
        }
    }
}
