import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct ValidatorTests {
    @Test
    func `another program finds no error and no warning in the store that the sample batch fills`() throws {
        guard let bin = try Tool.pythonPeer("ocfl-py==2.1.0"), let sample = Checkout.shared("samples/rkt") else {
            return
        }
        let validator = bin.appending("ocfl-validate.py").string
        let binary = try Checkout.binary.string
        let home = Scratch.folder.appending("home").string
        let store = Scratch.folder.appending("home").appending("store")
        #expect(try Tool.run(binary, ["init", home]).status == 0)
        #expect(
            try Tool.run(
                binary,
                ["--home", home, "--as", "Ibu Arsiparis, S.Kom.", "ingest", "--no-read", sample.string]
            ).status == 0
        )

        let objects = try Self.objects(below: store)
        #expect(objects.count == 23)
        let root = try Tool.run(validator, [store.string])
        #expect(root.status == 0 && !Self.complains(root), "\(root.text)\(root.errorText)")
        let each = try Tool.run(validator, objects.map(\.string))
        #expect(each.status == 0 && !Self.complains(each), "\(each.text)\(each.errorText)")
        #expect(each.lines.count { $0.hasSuffix("is VALID") } == objects.count)

        // The other program does see what is wrong: otherwise its silence would say nothing.
        let file = objects[0].appending("v1").appending("content").appending("record.json").string
        try Data("{}".utf8).write(to: URL(fileURLWithPath: file))
        #expect(Self.complains(try Tool.run(validator, [objects[0].string])))
    }

    private static func complains(_ result: ToolResult) -> Bool {
        (result.text + result.errorText).contains(/\[[EW]\d\d\d/)
    }

    private static func objects(below store: FilePath) throws -> [FilePath] {
        guard let walker = FileManager.default.enumerator(atPath: store.string) else { return [] }
        return walker.compactMap { $0 as? String }.filter { $0.hasSuffix("/0=ocfl_object_1.1") }
            .map { store.pushing(FilePath($0)).removingLastComponent() }
            .sorted { $0.string < $1.string }
    }
}
