// reading-bench SAMPLES TRUTH: how much of the true text is read, and pages a minute against tesseract by hand.
//
// SAMPLES is a folder of files, TRUTH the same tree with FILE.json: {"pages": [{"n": 1, "text": "…"}], "scan": …}.
import BoundedProcess
import Foundation
import Synchronization
import SystemPackage
import TextExtraction

struct Truth: Decodable {
    struct Page: Decodable {
        let n: Int
        let text: String
    }
    struct Scan: Decodable {
        let poor: Bool
    }
    let pages: [Page]
    let scan: Scan?
}

/// Characters and words of the truth, and how many of each were found, each as often as it stands there.
struct Found {
    var characters = 0
    var missedCharacters = 0
    var words = 0
    var missedWords = 0

    private static func counts(_ parts: [String]) -> [String: Int] {
        parts.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    private static func missed(_ truth: [String], _ read: [String]) -> Int {
        let got = counts(read)
        return counts(truth).reduce(0) { $0 + max(0, $1.value - (got[$1.key] ?? 0)) }
    }

    mutating func add(_ truth: String, _ read: String) {
        func letters(_ text: String) -> [String] { text.filter { !$0.isWhitespace }.map(String.init) }
        func words(_ text: String) -> [String] {
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        characters += letters(truth).count
        missedCharacters += Self.missed(letters(truth), letters(read))
        self.words += words(truth).count
        missedWords += Self.missed(words(truth), words(read))
    }

    func line(_ name: String) -> String {
        func percent(_ missed: Int, _ all: Int) -> String {
            String(format: "%.2f %%", 100 - 100 * Double(missed) / Double(max(1, all)))
        }
        return "  \(name): characters \(percent(missedCharacters, characters)), words \(percent(missedWords, words))"
    }
}

func seconds(_ work: () throws -> Void) rethrows -> Double {
    let begun = ContinuousClock.now
    try work()
    return Double((ContinuousClock.now - begun) / .milliseconds(1)) / 1000
}

let words = Array(CommandLine.arguments.dropFirst())
// This program is its own helper.
if words.first == ReaderHelper.word { exit(ReaderHelper.run(Array(words.dropFirst()))) }
guard words.count == 2 else {
    print("reading-bench: give the folder of samples and that of their true text")
    exit(64)
}
let samples = FilePath(words[0])
var truths: [Truth] = []
var requests: [ReadingRequest] = []
for case let path as String in FileManager.default.enumerator(atPath: words[1]) ?? .init() where path.hasSuffix(".json")
{
    guard let data = FileManager.default.contents(atPath: words[1] + "/" + path),
        let truth = try? JSONDecoder().decode(Truth.self, from: data)
    else {
        continue
    }
    let name = String(path.dropLast(5))
    truths.append(truth)
    requests.append(
        ReadingRequest(file: samples.pushing(FilePath(name)), name: Array(name.utf8), digest: "", pages: nil)
    )
}
let readings = Mutex<[Int: DocumentReading]>([:])
let reader = DocumentReader(helper: try HelperProgram.own())
let elapsed = try seconds {
    try reader.read(requests) { index, result in
        let reading = try result.get()
        readings.withLock { $0[index] = reading }
    }
}
var (clean, poor, typed) = (Found(), Found(), Found())
var recognised = 0
for (index, reading) in readings.withLock({ $0 }) {
    for page in truths[index].pages {
        let text = reading.pages.first { $0.number == page.n || reading.pages.count == 1 }?.text ?? ""
        let whole = truths[index].pages.count == 1 ? reading.pages.map(\.text).joined(separator: "\n") : text
        if let scan = truths[index].scan {
            if scan.poor { poor.add(page.text, whole) } else { clean.add(page.text, whole) }
        } else {
            typed.add(page.text, whole)
        }
    }
    recognised += reading.pages.count { $0.source == .recognised }
    for finding in reading.allFindings { print("  \(requests[index].file.string): \(finding.message)") }
}
print("reading (kept apart by \(reader.isolation.rawValue)): \(requests.count) files, \(recognised) pages recognised")
print(clean.line("clean scans (target 98 %, 99 %)"))
print(poor.line("poor scans"))
print(typed.line("texts"))

// By hand: the same pages and the pictures of office documents, rendered and recognised two at a time, with nothing round
// about.
let folder = FileManager.default.temporaryDirectory.path + "/reading-bench-\(getpid())"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }
var jobs = ""
let recognise = "tesseract - - -l ind --psm 6 --dpi 300"
for (index, reading) in readings.withLock({ $0 }) {
    let file = requests[index].file.string
    if ["docx", "xlsx", "odt", "ods"].contains(requests[index].file.extension) {
        let pictures = "unzip -Z1 '\(file)' | grep -E '(media|Pictures)/.'"
        jobs += "\(pictures) | while read -r part; do unzip -p '\(file)' \"$part\" | \(recognise); done\n"
        continue
    }
    for page in reading.pages where page.source == .recognised {
        jobs +=
            reading.format.format == .pdf
            ? "pdftoppm -gray -r 300 -f \(page.number) -l \(page.number) '\(file)' | \(recognise)\n"
            : "tesseract '\(file)' - -l ind --psm 6 -c tessedit_page_number=\(page.number - 1)\n"
    }
}
try jobs.write(toFile: folder + "/jobs", atomically: true, encoding: .utf8)
let byHand = try seconds {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let script = "tr '\\n' '\\0' < \(folder)/jobs | OMP_THREAD_LIMIT=1 xargs -0 -P 2 -n 1 sh -c > /dev/null 2>&1"
    process.arguments = ["-c", script]
    try process.run()
    process.waitUntilExit()
}
let rate = Double(recognised) / elapsed * 60
let rateByHand = Double(recognised) / byHand * 60
print(
    String(format: "  %.1f pages a minute, with all else that reading is; by hand %.1f; ", rate, rateByHand),
    terminator: ""
)
print(String(format: "ratio %.3f (target: at least 0.95)", rate / rateByHand))
