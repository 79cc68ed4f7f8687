/// Lets the options that every command has stand anywhere, also before the command's name.
enum ArgumentOrder {
    private static let flags: Set<String> = ["--json", "--quiet", "-q"]
    private static let withValue: Set<String> = ["--home", "--as", "--sign-with"]
    /// Commands that have commands below them.
    private static let parents: Set<String> = [
        "bag", "clock", "disposal", "hold", "ledger", "loan", "ocfl", "person", "policy", "report", "retention",
        "signature", "transfer", "witness",
    ]

    /// Whether a command below it follows: always below some, and below `import` where one is named.
    private static func isParent(_ command: String, before rest: ArraySlice<String>) -> Bool {
        if parents.contains(command) { return true }
        guard command == "import" else { return false }
        var rest = rest
        while let word = rest.first, flags.contains(word) || withValue.contains(word) {
            rest = rest.dropFirst(withValue.contains(word) ? 2 : 1)
        }
        return rest.first.map { ["adopt", "package", "show"].contains($0) } ?? false
    }

    /// The same words, with common options that stand before the command's name moved behind it.
    static func normalised(_ arguments: [String]) -> [String] {
        var moved: [String] = []
        var command: [String] = []
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
            if flags.contains(word) || (withValue.contains(name) && name != word) {
                moved.append(word)
                index += 1
            } else if withValue.contains(word), index + 1 < arguments.count {
                moved += [word, arguments[index + 1]]
                index += 2
            } else if command.count < 2, !word.hasPrefix("-") {
                // A command below a command keeps its words together: `berkas ledger --json verify`.
                command.append(word)
                index += 1
                if command.count > 1 || !isParent(word, before: arguments[index...]) { break }
            } else {
                break
            }
        }
        return command.isEmpty ? arguments : command + moved + Array(arguments[index...])
    }
}
