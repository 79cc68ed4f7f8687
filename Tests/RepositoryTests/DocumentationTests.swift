import Foundation
import SystemPackage
import TestSupport
import Testing

struct DocumentationTests {
    @Test
    func `every public and package declaration is documented`() throws {
        var missing: [String] = []
        var count = 0
        for file in try SourceTree.files(below: "Sources") {
            for (index, line) in file.lines.enumerated() where Self.isDeclaration(line) {
                count += 1
                if !Self.hasDocumentation(above: index, in: file.lines) {
                    missing.append("\(file.path):\(index + 1): \(line.trimmingCharacters(in: .whitespaces))")
                }
            }
        }
        #expect(count > 250)
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }

    @Test
    func `every case of an enumeration that is not private is documented`() throws {
        var missing: [String] = []
        var count = 0
        for file in try SourceTree.files(below: "Sources") {
            for index in EnumerationCases.lines(in: file.lines) {
                count += 1
                // A case on the line of its enumeration has the comment of the enumeration, which is not about it.
                if !file.lines[index].contains("{ case "), Self.hasDocumentation(above: index, in: file.lines) {
                    continue
                }
                missing.append("\(file.path):\(index + 1): \(file.lines[index].trimmingCharacters(in: .whitespaces))")
            }
        }
        #expect(count > 800)
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }

    @Test
    func `a case is told from a switch, and a private enumeration from others`() {
        let text = """
            package enum Colour {
                /// Like blood.
                case red
                case green
                enum Shade { case light, dark }

                private enum Key: String {
                    case hidden
                }
                var name: String {
                    switch self {
                    case .red: "merah"
                    case .green: "hijau"
                    }
                }
            }
            private struct Reader {
                enum State {
                    case open
                }
            }
            """
        #expect(EnumerationCases.lines(in: text.components(separatedBy: "\n")) == [2, 3, 4])
    }

    private static func isDeclaration(_ line: String) -> Bool {
        let text = line.trimmingCharacters(in: .whitespaces)
        guard text.hasPrefix("public ") || text.hasPrefix("package ") else { return false }
        if text.hasPrefix("package import") || text.hasPrefix("public import") { return false }
        // What a protocol asks for is documented there.
        let required = [
            "static func <", "func hash(into", "static func ==", "init(from decoder", "func encode(to encoder",
        ]
        return !required.contains { text.contains($0) }
    }

    private static func hasDocumentation(above index: Int, in lines: [String]) -> Bool {
        var place = index - 1
        while place >= 0 {
            let text = lines[place].trimmingCharacters(in: .whitespaces)
            if text.hasPrefix("///") { return true }
            guard text.hasPrefix("@") else { return false }
            place -= 1
        }
        return false
    }

    @Test(arguments: ["Sources", "Tests"])
    func `no file is longer than 400 lines, and no line of work is left for later`(_ folder: String) throws {
        // Put together here, so that this file does not find itself.
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "fatal" + "Error()", "place" + "holder"]
        for file in try SourceTree.files(below: folder) {
            #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
            for (index, line) in file.lines.enumerated() {
                for mark in marks { #expect(!line.contains(mark), "\(file.path):\(index + 1) says \(mark)") }
            }
        }
    }

    @Test
    func `the architecture page has a section for every module`() throws {
        let page = try String(contentsOfFile: Checkout.root.appending("ARCHITECTURE.md").string, encoding: .utf8)
        for module in LayeringTests.allowed.keys {
            #expect(page.contains("`\(module)`"), "ARCHITECTURE.md does not speak of \(module)")
        }
    }

    @Test
    func `the readme opens with the two commands, and names only targets that the makefile has`() throws {
        let readme = try String(contentsOfFile: Checkout.root.appending("README.md").string, encoding: .utf8)
        let makefile = try String(contentsOfFile: Checkout.root.appending("Makefile").string, encoding: .utf8)
        let opening = readme.prefix(1500)
        #expect(opening.contains("make run") && opening.contains("make test"))
        for match in readme.matches(of: /make ([a-z][a-z-]*[a-z]|a)/)
        where !["sure", "it", "a", "the"].contains(match.1) {
            #expect(makefile.contains("\n\(match.1):"), "the readme says 'make \(match.1)'")
        }
    }
}
