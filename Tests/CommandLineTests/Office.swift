import Foundation
import SystemPackage
import TestSupport
import Testing

/// An office of a test: a home in the scratch folder, and the binary that works on it.
struct Office {
    /// The scratch folder, in which every command runs.
    let folder: FilePath
    /// The archive home.
    let home: FilePath

    /// Makes a home, and holds the outer environment off.
    static func founded(named name: String = "Arsip") throws -> Office {
        let office = Office(folder: Scratch.folder, home: Scratch.folder.appending(name))
        let made = try office.berkas(
            "init",
            name,
            "--office",
            "Dinas Contoh",
            "--uri-prefix",
            "tag:contoh.example,2026:"
        )
        guard made.status == 0 else { throw OfficeError(what: "init: \(made.errorText)") }
        // Whoever works in the tests may take packages in, and nothing more.
        try office.append("Siti Arsiparis,pengimpor,,\n", to: "people.csv")
        try office.append("pengimpor,import\n", to: "roles.csv")
        return office
    }

    /// Adds a line to a policy file.
    private func append(_ line: String, to file: String) throws {
        let text = String(decoding: try content("policy/" + file), as: UTF8.self)
        try (text + line).write(
            toFile: home.appending("policy").appending(file).string,
            atomically: true,
            encoding: .utf8
        )
    }

    /// Adopts what was edited in the policies.
    func adoptPolicies(as person: String) throws {
        let adopted = try berkas("policy", "adopt", "--reason", "uji", "--as", person)
        guard adopted.status == 0 else { throw OfficeError(what: "policy adopt: \(adopted.errorText)") }
    }

    /// A home with the sample batch in it; nil where the samples are not beside the checkout.
    static func withSample() throws -> Office? {
        guard let sample = Checkout.shared("samples/rkt") else { return nil }
        let office = try founded()
        let kept = try office.berkas("ingest", sample.string, "--quiet")
        guard kept.status == 0 else { throw OfficeError(what: "ingest: \(kept.errorText)") }
        return office
    }

    /// Runs a command in the scratch folder; a command that hangs is ended after two minutes, with status 137.
    func berkas(_ words: String..., environment: [String: String] = [:]) throws -> Answer {
        try berkas(words, environment: environment)
    }

    /// Runs a command.
    func berkas(
        _ words: [String],
        environment: [String: String] = [:],
        from place: FilePath? = nil,
        killAfter: Double = 120
    ) throws -> Answer {
        let result = try Tool.run(
            try Checkout.binary.string,
            words,
            environment: self.environment.merging(environment) { $1 },
            directory: place ?? folder,
            killAfter: killAfter
        )
        return Answer(status: result.status, output: result.output, errors: result.errors)
    }

    /// Begins a command and does not wait for it.
    func begin(_ words: String...) throws -> Running {
        try Running(try Checkout.binary, words, environment: environment, folder: folder)
    }

    /// Begins another program and does not wait for it.
    func begin(program: String, _ words: String...) throws -> Running {
        try Running("/usr/bin/env", [program] + words, environment: environment, folder: folder)
    }

    /// Runs a shell script in the scratch folder; `$BERKAS` is the binary.
    func shell(_ script: String, environment: [String: String] = [:]) throws -> ToolResult {
        var settings = self.environment.merging(environment) { $1 }
        settings["BERKAS"] = try Checkout.binary.string
        return try Tool.run("bash", ["-c", script], environment: settings, directory: folder, killAfter: 120)
    }

    private var environment: [String: String] {
        // Reading takes a second a scanned page: the tests that are about it ask for it.
        ["BERKAS_HOME": home.string, "BERKAS_AS": "Siti Arsiparis", "BERKAS_NO_READ": "1", "LC_ALL": "C.UTF-8"]
    }

    // MARK: - Batches

    /// The path of something in the scratch folder.
    func path(_ name: String) -> FilePath { folder.pushing(FilePath(name)) }

    /// Writes a batch: a manifest and its files, missing folders made.
    @discardableResult
    func batch(_ name: String, _ manifest: String, files: [String: String] = [:]) throws -> FilePath {
        try write(manifest, to: "\(name)/intake.csv")
        for (path, content) in files { try write(content, to: "\(name)/\(path)") }
        return path(name)
    }

    /// Writes a file below the scratch folder.
    @discardableResult
    func write(_ content: String, to name: String) throws -> FilePath { try write(Array(content.utf8), to: name) }

    /// Writes a file below the scratch folder.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> FilePath {
        let file = path(name)
        let parent = file.removingLastComponent().string
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: file.string, contents: Data(bytes)) else {
            throw OfficeError(what: "cannot write '\(file.string)'")
        }
        return file
    }

    /// Takes in that many small records of 2024, `berkas-0.txt` and so on.
    func batch(_ name: String, count: Int) throws -> FilePath {
        var rows = ["path,year,step,type"]
        for number in 0..<count {
            rows.append("berkas-\(number).txt,2024,1,disposisi")
            try write("isi \(name) \(number)\n", to: "\(name)/berkas-\(number).txt")
        }
        return try batch(name, rows.joined(separator: "\n") + "\n")
    }

    // MARK: - What is there

    /// All bytes of the truth: store, ledger, packages.
    func truth() throws -> [String: String] {
        var all: [String: String] = [:]
        for part in ["store", "ledger", "packages"] {
            for (path, content) in try TreeSnapshot.of(home.appending(part)) { all["\(part)/\(path)"] = content }
        }
        return all
    }

    /// The records as `list --json` shows them.
    func records() throws -> [Fact] { try berkas("list", "--json").facts() }

    /// The folder of a record's object, relative to the home.
    func object(of record: String) throws -> String {
        let store = home.appending("store").string
        let found = try Tool.run("grep", ["-rl", "--include=inventory.json", ":\(record)\"", store])
        guard let first = found.lines.min(by: { $0.utf8.count < $1.utf8.count }) else {
            throw OfficeError(what: "no object of \(record)")
        }
        return String(first.dropFirst(home.string.utf8.count + 1).dropLast("/inventory.json".utf8.count))
    }

    /// The content of a file in the home.
    func content(_ name: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: home.pushing(FilePath(name)).string) else {
            throw OfficeError(what: "no file '\(name)' in the home")
        }
        return data
    }
}

/// What a test could not set up.
struct OfficeError: Error {
    /// What.
    let what: String
}
