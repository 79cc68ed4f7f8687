package import BoundedProcess
import Foundation
package import RecordsModel
package import SystemPackage

/// Turns a page of HTML into PDF through WeasyPrint, an outside program.
///
/// WeasyPrint runs in `BoundedProcess`: it gets no network and no file but the page and what the system has, writes to its
/// output only, and is ended when it takes too much time or memory. The same page gives the same bytes with the same
/// WeasyPrint, Pango and fonts: the time in the fonts is the paper's day (`SOURCE_DATE_EPOCH`), and nothing else in the
/// file tells when it was made.
package struct PDFRenderer: Sendable {
    /// What one run may use.
    package struct Limits: Hashable, Sendable {
        /// Seconds on the clock, and of one processor.
        package var seconds: Int
        /// Bytes of address space.
        package var memory: Int
        /// Bytes of the PDF.
        package var size: Int

        /// Limits; a list of ten columns takes WeasyPrint some 60 seconds for 1,000 records.
        package init(seconds: Int = 600, memory: Int = 6 << 30, size: Int = 512 << 20) {
            self.seconds = seconds
            self.memory = memory
            self.size = size
        }
    }

    /// The program's name.
    static let name = "weasyprint"

    /// What it says first once its hook is in place: see `stand-alone.py`.
    private static let mark = "berkas: a paper stands alone"

    /// What one run may use.
    package let limits: Limits
    /// Where temporary files are made; nil for the system's own place.
    package let temporary: FilePath?
    /// Asked several times a second whether to stop.
    package let isInterrupted: @Sendable () -> Bool
    private let substitute: FilePath?

    /// A renderer.
    ///
    /// - Parameters:
    ///   - limits: what one run may use.
    ///   - temporary: where temporary files are made; nil for the system's own place.
    ///   - program: a program in WeasyPrint's place, to try what happens when it fails; nil for WeasyPrint as the system
    ///     has it.
    ///   - isInterrupted: asked several times a second whether to stop.
    package init(
        limits: Limits = Limits(),
        temporary: FilePath? = nil,
        program: FilePath? = nil,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.limits = limits
        self.temporary = temporary
        substitute = program
        self.isInterrupted = isInterrupted
    }

    /// The PDF of a page.
    ///
    /// - Parameters:
    ///   - page: HTML that stands alone, as `HTMLRenderer` makes it.
    ///   - date: the paper's day.
    /// - Returns: the file's bytes.
    /// - Throws: `ReportingError`: `programMissing`, `programFailed`, `timedOut`, `tooLarge`, `writing`;
    ///   `CancellationError` where it was to stop.
    package func bytes(of page: String, date: CivilDate) throws -> [UInt8] {
        let program = try program()
        let folder = try TemporaryFolder.make(below: temporary)
        _ = try folder.write("sitecustomize.py", PackageResources.stand_alone_py)
        var bounds = ProcessLimits(
            wall: .seconds(limits.seconds),
            cpuSeconds: limits.seconds,
            memory: limits.memory,
            output: limits.size
        )
        // Pango looks for fonts in a thread of its own.
        bounds.mayStartThreads = true
        bounds.openFiles = 256
        // An empty base: a relative address is the address of nothing.
        let words = ["--encoding", "utf-8", "--base-url", "", "-", "-"]
        let command = BoundedCommand(
            program,
            words.map { .text($0) },
            standardInput: Array(page.utf8),
            environment: environment(folder.path, date: date),
            needed: [folder.path, program]
        )
        let outcome: BoundedOutcome
        do {
            outcome = try command.run(limits: bounds, isInterrupted: isInterrupted)
        } catch {
            throw ReportingError(
                .programFailed,
                message: error.description,
                remedy: "check that it is whole and may be executed"
            )
        }
        let said = Said(outcome.errors, mark: Self.mark)
        try judge(outcome, said, program: program)
        guard outcome.output.starts(with: "%PDF-".utf8) else {
            throw failed(program, "it wrote something that is no PDF", said)
        }
        return outcome.output
    }

    /// What a run said on standard error.
    private struct Said {
        /// Whether its hook was in place before anything else.
        let isAlone: Bool
        /// The lines behind that.
        let lines: [Substring]

        init(_ bytes: [UInt8], mark: String) {
            let all = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            isAlone = all.first.map { $0.utf8.elementsEqual(mark.utf8) } ?? false
            lines = isAlone ? Array(all.dropFirst()) : all
        }
    }

    /// The path of the program.
    private func program() throws(ReportingError) -> FilePath {
        if let substitute { return substitute }
        do {
            return try ProgramFinder.require(Self.name, debianPackage: "weasyprint")
        } catch {
            throw Self.missing(error)
        }
    }

    /// WeasyPrint is not there, or is not trusted.
    package static func missing(_ error: BoundedProcessError) -> ReportingError {
        ReportingError(
            .programMissing,
            message: "a paper cannot be printed as PDF: \(error.program): \(error.reason)",
            remedy: (error.remedy ?? "install it") + ", or print as HTML"
        )
    }

    private func environment(_ folder: FilePath, date: CivilDate) -> [String: String] {
        [
            // Nothing is looked for by name: what cannot be started is not there either.
            "PATH": "/nonexistent",
            "LANG": "C.UTF-8",
            "PYTHONPATH": folder.string,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": String(max(0, date.daysSinceEpoch * 86_400)),
            "BERKAS_STAND_ALONE": Self.mark,
        ]
    }

    private func judge(_ run: BoundedOutcome, _ said: Said, program: FilePath) throws {
        switch run.ending {
        case .tooMuchOutput:
            throw ReportingError(
                .tooLarge,
                message: "the PDF would be longer than \(limits.size) bytes",
                remedy: "print fewer records at a time, or as HTML or XLSX"
            )
        case .wallTime, .cpuTime, .overBudget:
            throw ReportingError(
                .timedOut,
                message: "'\(program.string)' was ended after \(limits.seconds) s: the paper is too long for it",
                remedy: "print fewer records at a time, or as HTML or XLSX"
            )
        case .interrupted: throw CancellationError()
        case .signalled(let number): throw failed(program, "signal \(number) ended it", said)
        case .exited(let status) where status != 0: throw failed(program, "it ended with status \(status)", said)
        case .exited: break
        }
        guard said.isAlone else {
            throw failed(program, "it did not load the part that keeps it from the network", said)
        }
        // WeasyPrint goes on without an image or a style that it cannot have; a paper with less on it is no paper.
        if let line = said.lines.first(where: { $0.utf8.starts(with: "ERROR".utf8) }) {
            throw failed(program, PaperText.printable(String(line.prefix(300))), said)
        }
    }

    private func failed(_ program: FilePath, _ why: String, _ said: Said) -> ReportingError {
        let last = said.lines.last.map { PaperText.printable(String($0.prefix(300))) } ?? ""
        let isMemory = last.utf8.starts(with: "MemoryError".utf8)
        let more = last.isEmpty || why.utf8.elementsEqual(last.utf8) ? "" : " ('\(last)')"
        return ReportingError(
            .programFailed,
            message: "'\(program.string)' made no PDF: \(why)\(more)",
            remedy: isMemory
                ? "print fewer records at a time, or as HTML or XLSX"
                : "check that Debian's package 'weasyprint' is whole, or print as HTML"
        )
    }
}
