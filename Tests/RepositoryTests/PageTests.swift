import Foundation
import SystemPackage
import TestSupport
import Testing

/// The pages of the checkout: what the sources point at is there, and what points at each other meets.
struct PageTests {
    /// A Markdown page.
    private struct Page {
        /// The path from the checkout's root.
        let path: FilePath
        let text: String

        /// Its headings, as addresses within the page.
        var anchors: Set<String> {
            Set(
                text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
                    line.drop { $0 == "#" }.dropFirst().lowercased()
                        .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == " " }
                        .replacingOccurrences(of: " ", with: "-")
                }
            )
        }

        /// What it links to, but for other places of the net.
        var links: [String] {
            text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }.filter {
                !$0.hasPrefix("http") && !$0.hasPrefix("mailto:")
            }
        }
    }

    private static func pages() throws -> [Page] {
        let root = Checkout.root
        var paths = try FileManager.default.contentsOfDirectory(atPath: root.string).filter { $0.hasSuffix(".md") }
        let walker = try #require(FileManager.default.enumerator(atPath: root.appending("docs").string))
        for case let path as String in walker where path.hasSuffix(".md") { paths.append("docs/" + path) }
        return try paths.sorted().map { path in
            Page(
                path: FilePath(path),
                text: try String(contentsOfFile: root.pushing(FilePath(path)).string, encoding: .utf8)
            )
        }
    }

    private static func page(_ path: String) throws -> Page {
        try #require(try pages().first { $0.path == FilePath(path) }, "\(path)")
    }

    @Test func `every link between pages resolves, heading and all, and every page is linked`() throws {
        let pages = try Self.pages()
        #expect(pages.count > 60)
        var linked: Set<FilePath> = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
        for page in pages {
            for link in page.links {
                let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let target =
                    parts[0].isEmpty
                    ? page.path : page.path.removingLastComponent().pushing(FilePath(parts[0])).lexicallyNormalized()
                let isThere = FileManager.default.fileExists(atPath: Checkout.root.pushing(target).string)
                #expect(isThere, "\(page.path) links to \(link)")
                if target != page.path { linked.insert(target) }
                guard parts.count == 2, let found = pages.first(where: { $0.path == target }) else { continue }
                #expect(found.anchors.contains(parts[1]), "\(page.path) links to \(link)")
            }
        }
        let alone = pages.map(\.path).filter { !linked.contains($0) }
        #expect(alone.isEmpty, "\(alone)")
    }

    @Test func `every requirement that sources or tests name stands on its page, R1 to R62, each once`() throws {
        let page = try Self.page("docs/rules/requirements.md")
        let headings = page.text.matches(of: /(?m)^### R([0-9]+)$/).compactMap { Int($0.output.1) }
        #expect(headings == Array(1...62))
        var named: Set<Int> = []
        for folder in ["Sources", "Tests"] {
            for file in try SourceTree.files(below: folder) {
                for line in file.lines {
                    // Not a part of a word, of an address or of a number with more digits.
                    for match in line.matches(of: /\bR([0-9]{1,2})\b/) {
                        let number = try #require(Int(match.output.1))
                        named.insert(number)
                        #expect(headings.contains(number), "\(file.path) names R\(number)")
                    }
                }
            }
        }
        #expect(named.count > 50)
        // What no test names is said to be so.
        let parts = page.text.components(separatedBy: "\n### R")
        for part in parts.dropFirst() {
            let number = try #require(Int(part.prefix { $0.isNumber }))
            #expect(named.contains(number) != part.contains("Not covered"), "R\(number)")
        }
    }

    @Test func `every section of the field that the sources name is found, and nothing is named without one`() throws {
        let index = try Self.page("docs/rules/domain.md")
        var sections: [String: String] = [:]
        for match in index.text.matches(of: /(?m)^\| ([0-9.]+) \| \[[^\]]+\]\(([^)]+)\)/) {
            sections[String(match.output.1)] = String(match.output.2)
        }
        #expect(sections.count == 14)
        var count = 0
        for file in try SourceTree.files(below: "Sources") {
            for (place, line) in file.lines.enumerated() {
                for part in line.components(separatedBy: "domain.md").dropFirst() {
                    let numbers = part.prefixMatch(
                        of: /`?,?\s*(?:sections?\s+)?([0-9](?:\.[0-9])?(?:(?:,|\s+to|\s+and)\s+[0-9](?:\.[0-9])?)*)/
                    )
                    let text = try #require(numbers?.output.1, "\(file.path):\(place + 1) names no section")
                    for number in text.matches(of: /[0-9](?:\.[0-9])?/) {
                        count += 1
                        #expect(sections[String(number.output)] != nil, "\(file.path):\(place + 1): \(number.output)")
                    }
                }
            }
        }
        #expect(count > 25)
    }

    @Test func `facts of the field have a mark, and only the four marks are used`() throws {
        for name in ["law", "classification", "schedules", "disposal", "systems", "audit", "plan", "working-days"] {
            let page = try Self.page("docs/rules/\(name).md")
            let marks = page.text.matches(of: /\[([^\]]{1,3})\](?!\()/).map { String($0.output.1) }
            #expect(marks.count >= 3, "\(name)")
            #expect(Set(marks).isSubset(of: ["C", "C2", "P", "?"]), "\(name): \(Set(marks))")
        }
    }

    @Test func `each decision has its context, its decision and its consequences, and stands in the list`() throws {
        let decisions = try Self.pages().filter {
            $0.path.starts(with: "docs/decisions") && $0.path.lastComponent?.string != "README.md"
        }
        let list = try Self.page("docs/decisions/README.md")
        #expect(decisions.count > 40)
        for (index, page) in decisions.enumerated() {
            let name = try #require(page.path.lastComponent?.string)
            let number = try #require(Int(name.prefix(4)))
            #expect(number == index + 1, "\(name)")
            #expect(page.text.hasPrefix("# \(number). "), "\(name)")
            let headings = page.text.split(separator: "\n").filter { $0.hasPrefix("## ") }
            #expect(headings == ["## Context", "## Decision", "## Consequences"], "\(name)")
            #expect(list.links.contains(name), "\(name)")
        }
    }

    @Test func `the architecture page is read in ten minutes: short, and in sentences under twenty words`() throws {
        let page = try Self.page("ARCHITECTURE.md")
        #expect(page.text.utf8.count <= 12 * 1024)
        var prose = ""
        var isCode = false
        for line in page.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isCode.toggle() }
            if isCode || line.hasPrefix("|") || line.hasPrefix("#") || line.hasPrefix("```") { continue }
            prose += (line.isEmpty ? ".\n" : String(line)) + " "
        }
        let sentences = prose.split { ".:;?!".contains($0) }.map { $0.split { " \n".contains($0) }.count }
        #expect(sentences.count > 60)
        let median = sentences.filter { $0 > 0 }.sorted()[sentences.filter { $0 > 0 }.count / 2]
        #expect(median <= 12)
        #expect(sentences.allSatisfy { $0 < 30 }, "\(sentences.max() ?? 0) words")
        #expect(sentences.count { $0 >= 20 } * 20 <= sentences.count, "more than one sentence in twenty is long")
    }

    @Test func `what a reader of a free program looks for is there`() throws {
        let root = Checkout.root
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: root.appending(name).string, encoding: .utf8)
        }
        #expect(try text("LICENSE").contains("Apache License\n                           Version 2.0, January 2004"))
        #expect(try text("LICENSE").contains("END OF TERMS AND CONDITIONS"))
        // Everything that is linked in is named.
        let manifest = try text("Package.swift")
        let notice = try text("NOTICE")
        for match in manifest.matches(of: #/\.package\(url: "https://github\.com/[^/]+/([^"]+)", ([a-z]+): /#) {
            #expect(notice.contains(match.output.1), "\(match.output.1)")
            #expect(match.output.2 == "exact", "\(match.output.1) is not pinned")
        }
        #expect(try text("CHANGELOG.md").contains("\n## Unreleased\n"))
        #expect(try text(".editorconfig").contains("max_line_length = 120"))
    }
}
