/// Lets through whatever may be a word that is looked for, told by its letters alone: it makes no word for what is none.
@safe
struct WordSieve {
    /// Whether a word that is looked for begins with a byte.
    private var firsts = [Bool](repeating: false, count: 256)
    /// Whether a part that is looked for anywhere in a word begins with a byte.
    private var partFirsts = [Bool](repeating: false, count: 256)
    private var parts: [[UInt8]] = []
    /// Whether everything goes through.
    private var isOpen = false

    /// A sieve.
    ///
    /// - Parameters:
    ///   - beginnings: what words may begin with, in small letters.
    ///   - parts: what may stand anywhere in them.
    init(beginnings: some Sequence<[UInt8]>, parts: [[UInt8]]) {
        for form in beginnings {
            guard let first = form.first else {
                isOpen = true
                continue
            }
            firsts[Int(first)] = true
        }
        for part in parts {
            guard let first = part.first else {
                isOpen = true
                continue
            }
            partFirsts[Int(first)] = true
            self.parts.append(part)
        }
    }

    /// Whether a word of plain letters, small or capital, may be one that is looked for.
    func lets(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        if isOpen { return true }
        guard let first = unsafe word.first else { return false }
        if firsts[Int(first | 0x20)] { return true }
        let bytes = unsafe UnsafeBufferPointer(rebasing: word)
        for start in bytes.indices where unsafe partFirsts[Int(bytes[start] | 0x20)] {
            for part in parts where part.count <= bytes.count - start {
                if part.indices.allSatisfy({ unsafe bytes[start + $0] | 0x20 == part[$0] }) { return true }
            }
        }
        return false
    }
}
