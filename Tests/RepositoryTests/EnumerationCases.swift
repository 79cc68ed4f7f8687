/// The cases that enumerations of a file declare, told from the cases of a `switch` by where they stand.
///
/// It goes by indentation, which `swift format lint` holds to four spaces a level.
enum EnumerationCases {
    /// A declaration that stands open at a line.
    private struct Scope {
        let indentation: Int
        let isEnumeration: Bool
        /// Whether nothing outside of the file can see what is in it.
        let isHidden: Bool
    }

    /// Indices of the lines that declare a case of an enumeration that is not private.
    static func lines(in lines: [String]) -> [Int] {
        var scopes: [Scope] = []
        var found: [Int] = []
        for (index, line) in lines.enumerated() {
            let text = line.drop { $0 == " " }
            if text.isEmpty { continue }
            let indentation = line.count - text.count
            while let last = scopes.last, indentation <= last.indentation { scopes.removeLast() }
            let isHidden = scopes.last?.isHidden ?? false
            if text.hasPrefix("case ") || text.hasPrefix("indirect case ") {
                guard let last = scopes.last, last.isEnumeration, indentation == last.indentation + 4 else { continue }
                if !isHidden { found.append(index) }
                continue
            }
            let words = text.split { $0 == " " || $0 == ":" || $0 == "(" || $0 == "{" || $0 == "<" }
            guard
                let kind = words.first(where: { Self.kinds.contains($0) }),
                words.prefix(while: { $0 != kind }).allSatisfy({ $0.hasPrefix("@") || Self.modifiers.contains($0) })
            else { continue }
            let isPrivate = words.prefix { $0 != kind }.contains { $0 == "private" || $0 == "fileprivate" }
            // What stands in a function is seen by nobody else.
            scopes.append(
                Scope(
                    indentation: indentation,
                    isEnumeration: kind == "enum",
                    isHidden: isHidden || isPrivate || ["func", "init", "var"].contains(kind)
                )
            )
            // On one line with its enumeration a case has no room for a comment.
            if kind == "enum", text.contains("{ case "), !isHidden, !isPrivate { found.append(index) }
        }
        return found
    }

    private static let kinds: Set<Substring> = [
        "actor", "class", "enum", "extension", "func", "init", "protocol", "struct", "var",
    ]
    private static let modifiers: Set<Substring> = [
        "fileprivate", "final", "indirect", "internal", "mutating", "nonisolated", "override", "package", "private",
        "public", "static", "unsafe",
    ]
}
