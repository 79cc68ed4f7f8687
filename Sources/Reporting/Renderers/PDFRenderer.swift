import FileSafety
import Foundation
package import RecordsModel
package import SystemPackage

/// Turns a page of HTML into PDF through WeasyPrint, an outside program.
///
/// WeasyPrint runs in a folder of its own, gets no network and no file but the page, and is ended when it takes too much
/// time or memory. The same page gives the same bytes with the same WeasyPrint, Pango and fonts: the time in the fonts is
/// the paper's day (`SOURCE_DATE_EPOCH`), and nothing else in the file tells when it was made.
package struct PDFRenderer: Hashable, Sendable {
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

    /// The folders that are searched for the program, as `PATH` writes them.
    package let searchPath: String
    /// What one run may use.
    package let limits: Limits
    /// Where temporary files are made; nil for the system's own place.
    package let temporary: FilePath?

    /// A renderer; `searchPath` is `PATH` unless told otherwise.
    package init(searchPath: String? = nil, limits: Limits = Limits(), temporary: FilePath? = nil) {
        self.searchPath = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        self.limits = limits
        self.temporary = temporary
    }

    /// Whether the program is on this machine.
    package var isAvailable: Bool { (try? program()) != nil }

    /// The PDF of a page.
    ///
    /// - Parameters:
    ///   - page: HTML that stands alone, as `HTMLRenderer` makes it.
    ///   - date: the paper's day.
    /// - Returns: the file's bytes.
    /// - Throws: `ReportingError`: `programMissing`, `programFailed`, `timedOut`, `tooLarge`, `writing`.
    package func bytes(of page: String, date: CivilDate) throws(ReportingError) -> [UInt8] {
        let program = try program()
        let folder = try TemporaryFolder.make(below: temporary)
        let input = try folder.write("page.html", page.utf8)
        _ = try folder.write("sitecustomize.py", PackageResources.stand_alone_py)
        let mark = folder.path.appending("stand-alone")
        let run = try OutsideProgram(
            path: program,
            // An empty base: a relative address is the address of nothing.
            arguments: ["--encoding", "utf-8", "--base-url", "", "-", "paper.pdf"],
            environment: environment(folder.path, mark: mark, date: date),
            folder: folder.path,
            input: input,
            seconds: limits.seconds,
            memory: limits.memory,
            fileSize: limits.size
        ).run()
        // The limit stops a file at whole blocks of 512 bytes.
        if let status = try? FileStatus.of(folder.path.appending("paper.pdf")), status.size > limits.size - 512 {
            throw ReportingError(
                .tooLarge,
                message: "the PDF would be longer than \(limits.size) bytes",
                remedy: "print fewer records at a time, or as HTML or XLSX"
            )
        }
        try judge(run, isAlone: FileStatus.exists(mark), program: program)
        let pdf = try folder.read("paper.pdf", limit: limits.size)
        guard pdf.starts(with: "%PDF-".utf8) else {
            throw failed(program, "it wrote something that is no PDF", run)
        }
        return pdf
    }

    /// The path of the program.
    private func program() throws(ReportingError) -> FilePath {
        for folder in searchPath.split(separator: ":") where folder.utf8.first == UInt8(ascii: "/") {
            let candidate = FilePath(String(folder)).appending(Self.name)
            if FileManager.default.isExecutableFile(atPath: candidate.string) { return candidate }
        }
        throw ReportingError(
            .programMissing,
            message: "a paper cannot be printed as PDF: the program '\(Self.name)' is not in PATH",
            remedy: "install Debian's package 'weasyprint', or print as HTML"
        )
    }

    private func environment(_ folder: FilePath, mark: FilePath, date: CivilDate) -> [String: String] {
        // A port of this machine that nobody listens on: the hook in sitecustomize.py refuses before it is asked.
        let nowhere = "http://127.0.0.1:9"
        return [
            "PATH": searchPath,
            "LANG": "C.UTF-8",
            "HOME": folder.string,
            "TMPDIR": folder.string,
            "XDG_CACHE_HOME": folder.string,
            "PYTHONPATH": folder.string,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": String(max(0, date.daysSinceEpoch * 86_400)),
            "BERKAS_STAND_ALONE": mark.string,
            "http_proxy": nowhere,
            "https_proxy": nowhere,
        ]
    }

    private func judge(_ run: OutsideProgram.Outcome, isAlone: Bool, program: FilePath) throws(ReportingError) {
        switch run.ending {
        case .timedOut:
            throw ReportingError(
                .timedOut,
                message: "'\(program.string)' was ended after \(limits.seconds) s: the paper is too long for it",
                remedy: "print fewer records at a time, or as HTML or XLSX"
            )
        case .signal(let number): throw failed(program, "signal \(number) ended it", run)
        case .status(let status) where status != 0: throw failed(program, "it ended with status \(status)", run)
        case .status: break
        }
        guard isAlone else { throw failed(program, "it did not load the part that keeps it from the network", run) }
        // WeasyPrint goes on without an image or a style that it cannot have; a paper with less on it is no paper.
        if let line = run.errors.split(separator: "\n").first(where: { $0.utf8.starts(with: "ERROR".utf8) }) {
            throw failed(program, PaperText.printable(String(line.prefix(300))), run)
        }
    }

    private func failed(_ program: FilePath, _ why: String, _ run: OutsideProgram.Outcome) -> ReportingError {
        let last = run.errors.split(separator: "\n").last.map { PaperText.printable(String($0.prefix(300))) } ?? ""
        let isMemory = last.utf8.starts(with: "MemoryError".utf8)
        let said = last.isEmpty || why.utf8.elementsEqual(last.utf8) ? "" : " ('\(last)')"
        return ReportingError(
            .programFailed,
            message: "'\(program.string)' made no PDF: \(why)\(said)",
            remedy: isMemory
                ? "print fewer records at a time, or as HTML or XLSX"
                : "check that Debian's package 'weasyprint' is whole, or print as HTML"
        )
    }
}
