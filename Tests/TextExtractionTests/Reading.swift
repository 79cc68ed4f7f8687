import BoundedProcess
import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

/// Reads files the way that the program does: with the built program as the helper.
enum Reading {
    /// Tight enough that a test of a bomb ends soon.
    static var limits: ReadingLimits {
        var limits = ReadingLimits()
        limits.document.wall = .seconds(30)
        limits.text.wall = .seconds(30)
        return limits
    }

    static func reader(
        _ limits: ReadingLimits = Reading.limits,
        _ way: Isolation = .best,
        budget: FileBudget.Limits = FileBudget.Limits()
    ) throws -> DocumentReader {
        DocumentReader(helper: HelperProgram(try Checkout.binary), limits: limits, budget: budget, isolation: way)
    }

    /// Reads one file of the test's folder, or another.
    static func read(
        _ path: FilePath,
        as name: String? = nil,
        limits: ReadingLimits = Reading.limits,
        way: Isolation = .best,
        budget: FileBudget.Limits = FileBudget.Limits(),
        pages: FilePath? = nil
    ) throws -> DocumentReading {
        let name = Array((name ?? path.string).utf8)
        let request = ReadingRequest(file: path, name: name, digest: "d", pages: pages)
        return try reader(limits, way, budget: budget).read(request)
    }

    /// The codes of all findings.
    static func codes(_ reading: DocumentReading) -> [ReadingFinding.Code] { reading.allFindings.map(\.code) }

    /// Makes a zip in the test's folder by Python's own `zipfile`: parts by name, in that order.
    static func zip(_ name: String, _ parts: [(String, String)]) throws -> FilePath {
        let folder = try Scratch.directory("parts-" + name)
        var script = "import zipfile, sys\nz = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)\n"
        for (index, part) in parts.enumerated() {
            let file = folder.appending("\(index)").string
            try Data(part.1.utf8).write(to: URL(fileURLWithPath: file))
            script += "z.write(\(quoted(file)), \(quoted(part.0)))\n"
        }
        return try python(name, script + "z.close()\n")
    }

    /// Makes a file in the test's folder by a Python script whose first word is the file's path.
    static func python(_ name: String, _ script: String, bin: FilePath? = nil) throws -> FilePath {
        let path = Scratch.folder.appending(name)
        let interpreter = bin?.appending("python3").string ?? "python3"
        let result = try Tool.run(interpreter, ["-c", script, path.string])
        try #require(result.status == 0, "\(result.errorText)")
        return path
    }

    private static func quoted(_ text: String) -> String { "'" + text + "'" }

    // MARK: - Small office files

    static let word = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"

    static func docx(_ name: String, body: String, more: [(String, String)] = [], prolog: String = "") throws
        -> FilePath
    {
        let document = "\(prolog)<w:document \(word)><w:body>\(body)</w:body></w:document>"
        return try zip(name, [("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)] + more)
    }

    static func odt(_ name: String, body: String, type: String = "text") throws -> FilePath {
        let content = """
            <office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'
             xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/'
             xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'><office:body>\(body)</office:body>
            </office:document-content>
            """
        return try zip(name, [("mimetype", "application/vnd.oasis.opendocument.\(type)"), ("content.xml", content)])
    }
}
