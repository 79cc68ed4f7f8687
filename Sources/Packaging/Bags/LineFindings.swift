/// What is wrong with the lines of one tag file, bounded: a file of a hundred million bad lines is one bad file.
struct LineFindings {
    /// How many findings of one rule are kept; the others are counted.
    static let most = 1000

    private var kept: [BagFinding] = []
    private var more: [BagRule: (count: Int, weight: BagFinding.Weight)] = [:]
    private var counts: [BagRule: Int] = [:]

    /// Begins with what is wrong with the file as a whole.
    init(_ findings: [BagFinding]) { kept = findings }

    /// Adds what is wrong with a line.
    mutating func add(_ finding: BagFinding) {
        let count = counts[finding.rule, default: 0] + 1
        counts[finding.rule] = count
        guard count > Self.most else {
            kept.append(finding)
            return
        }
        let before = more[finding.rule]
        let weight = before?.weight == .invalid ? .invalid : finding.weight
        more[finding.rule] = ((before?.count ?? 0) + 1, weight)
    }

    /// The findings, and for each rule of which there are too many one that counts the others.
    func all(of name: [UInt8]) -> [BagFinding] {
        kept
            + more.map { rule, more in
                BagFinding(more.weight, rule, name, found: "\(more.count) more lines of this kind")
            }
    }
}
