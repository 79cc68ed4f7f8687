import Containers
import ArchiveHome
import ArgumentParser
import FileSafety
import Fixity
import Operations
import Packaging
import RecordsModel
import SystemPackage

struct BagValidate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Reads every byte of a bag, and says whether it is valid, incomplete or invalid.",
        discussion: """
            Takes BagIt 0.93 to 1.0 (RFC 8493), as a folder or in one file: .tar, .tar.gz, .tar.zst, .tar.xz, .zip or .7z, \
            told by its content. Needs no home. Writes nothing, unpacks nothing, fetches nothing.

            Everything that is wrong is named in one pass. 'incomplete' means that something is absent and all that is \
            there is right; 'invalid' that something that is there is wrong, whatever is absent too. Warnings alone leave \
            a bag valid.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("A folder that is a bag, or a file that holds one.", valueName: "path"))
    var path: String

    @Option(help: ArgumentHelp("A BagIt Profile (JSON) that the bag must follow too.", valueName: "file"))
    var profile: String?

    @Flag(help: "The bag lies at the top of its archive, without a folder of its own.")
    var topLevel = false

    @OptionGroup(title: "Limits, against containers that are made to do harm")
    var limits: LimitOptions

    func run() throws {
        var options = try limits.options(profile: profile, common)
        options.takesTop = topLevel
        let report = try BagValidator.validate(FilePath(argument: path), options)
        Terminal.clearProgress()
        try report.tellFindings(common)
        try common.tell(report.summary, report.object(path: FilePath(argument: path).shown))
        Terminal.flush()
        report.tellOfTop(asked: topLevel)
        if report.verdict != .valid { try end(.integrityFault) }
    }
}

extension ProgressLine {
    /// Shows how far the looking at a bag is.
    static func ofBag() -> @Sendable (BagProgress) -> Void {
        let line = ProgressLine()
        return { progress in
            line.show(
                OperationProgress(
                    phase: "files",
                    items: progress.files,
                    totalItems: progress.totalFiles,
                    bytes: progress.bytes,
                    totalBytes: nil
                )
            )
        }
    }
}

/// What a bomb runs into.
struct LimitOptions: ParsableArguments {
    private static let standard = ContainerLimits()

    @Option(help: ArgumentHelp("How many bytes may come out of one, beyond the first 64 MiB.", valueName: "number"))
    var maxRatio = LimitOptions.standard.ratio

    @Option(help: ArgumentHelp("How many bytes may come out in all, as in 500M, 20G or 2T.", valueName: "bytes"))
    var maxTotal = ByteCount(LimitOptions.standard.total)

    @Option(help: ArgumentHelp("How many bytes one member may have.", valueName: "bytes"))
    var maxMember = ByteCount(LimitOptions.standard.member)

    @Option(help: ArgumentHelp("How many members there may be.", valueName: "number"))
    var maxMembers = LimitOptions.standard.members

    @Option(help: ArgumentHelp("How many components a path may have.", valueName: "number"))
    var maxDepth = LimitOptions.standard.depth

    func validate() throws {
        for (name, value) in [("--max-ratio", maxRatio), ("--max-members", maxMembers), ("--max-depth", maxDepth)]
        where value < 1 {
            throw ValidationError("\(name) must be 1 or more")
        }
    }

    /// All that reading a bag is given: these limits, a profile's file, and the person who waits.
    func options(profile: String?, _ common: CommonOptions) throws -> BagOptions {
        var options = BagOptions()
        options.limits = limits
        options.isInterrupted = { Interruption.isRequested }
        if let profile {
            options.profile = try BagProfile(
                OpenFile.content(of: FilePath(argument: profile), limit: BagProfile.longest)
            )
        }
        if Terminal.errorIsTerminal, !common.quiet { options.progress = ProgressLine.ofBag() }
        return options
    }

    /// The limits as the module takes them.
    var limits: ContainerLimits {
        var limits = Self.standard
        limits.ratio = maxRatio
        limits.total = maxTotal.bytes
        limits.member = maxMember.bytes
        limits.members = maxMembers
        limits.depth = maxDepth
        return limits
    }
}

/// A number of bytes as a word: `1048576`, `500M`, `2T`; the letters stand for powers of 1,024.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
    let bytes: Int

    init(_ bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
        let shift = argument.last.flatMap { units[Character($0.uppercased())] }
        guard let number = Int(shift == nil ? argument[...] : argument.dropLast()), number > 0,
            number <= Int.max >> (shift ?? 0)
        else { return nil }
        bytes = number << (shift ?? 0)
    }

    var description: String {
        for (unit, shift) in [("T", 40), ("G", 30), ("M", 20), ("K", 10)]
        where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return "\(bytes)"
    }
}

extension ContainerLimits.Kind {
    /// The option that moves the limit.
    fileprivate var option: String {
        switch self {
        case .ratio: "--max-ratio"
        case .total: "--max-total"
        case .member: "--max-member"
        case .members: "--max-members"
        case .depth: "--max-depth"
        }
    }
}

extension BagFinding {
    /// What was expected, with the option that moves a limit.
    private var wanted: String? { expected.map { $0 + (limit.map { " (\($0.option))" } ?? "") } }

    /// One line: how heavy, where, what, and where it stands.
    var line: String {
        let kind = weight == .warning ? "warning" : weight == .incomplete ? "incomplete" : "error"
        let place = shownPath.map { " \($0.displayed):" } ?? ""
        let wanted = wanted.map { "; expected: \($0.displayed)" } ?? ""
        return "\(kind):\(place) \(found.displayed)\(wanted) [\(rule.rawValue); \(rule.section)]"
    }

    /// The JSON object of kind `bag-finding`.
    var object: [String: JSONValue] {
        let verdict = weight == .warning ? BagVerdict.valid.rawValue : weight.rawValue
        return [
            "code": .string(rule.rawValue), "expected": wanted.map { .string($0) } ?? .null, "found": .string(found),
            "kind": .string("bag-finding"), "path": shownPath.map { .string($0) } ?? .null,
            "section": .string(rule.section), "severity": .string(weight == .warning ? "warning" : "error"),
            "verdict": .string(verdict),
        ]
    }
}

extension BagReport {
    /// Findings go where the result goes: they are what the command found out.
    func tellFindings(_ common: CommonOptions) throws {
        for finding in findings where !(common.quiet && finding.weight == .warning) {
            Terminal.result(
                common.json ? String(decoding: try CanonicalJSON.line(finding.object), as: UTF8.self) : finding.line
            )
        }
    }

    /// Says how a bag is taken that lies at the top of its archive.
    func tellOfTop(asked: Bool) {
        guard standsAtTop, !asked else { return }
        Terminal.error("note: the bag lies at the top of its archive; with --top-level it is taken as it is")
    }

    /// The sentence at the end.
    fileprivate var summary: String {
        let faults = count(.invalid) + count(.incomplete)
        var parts = ["\(Count.text(faults, "fault")), \(Count.text(count(.warning), "warning"))"]
        parts.append("\(Count.text(payloadFiles, "payload file")), \(Size.text(payloadOctets))")
        let names = algorithms.map(\.rawValue).joined(separator: ", ")
        parts.append("BagIt \(version)\(names.isEmpty ? "" : ", \(names)")\(format.map { ", \($0.rawValue)" } ?? "")")
        return "\(verdict.rawValue): " + parts.joined(separator: "; ")
    }

    /// The JSON object of kind `summary`.
    fileprivate func object(path: String) -> [String: JSONValue] {
        [
            "algorithms": .string(algorithms.map(\.rawValue).joined(separator: " ")),
            "errors": .integer(count(.invalid) + count(.incomplete)),
            "format": format.map { .string($0.rawValue) } ?? .null, "kind": .string("summary"), "path": .string(path),
            "payloadFiles": .integer(payloadFiles), "payloadOctets": .integer(payloadOctets),
            "tagFiles": .integer(tagFiles), "verdict": .string(verdict.rawValue),
            "version": .string(version.description), "warnings": .integer(count(.warning)),
        ]
    }
}
