/// The dictionary of a linearized file (ISO 32000-2, annex F), which begins the file.
///
/// A program that believes it takes the first page from the beginning of the file, but only where `/L` is the length of
/// the file. So bytes that are appended can turn that on.
struct LinearizedHead: Hashable {
    /// The length that it gives; nil where that is no whole number.
    let length: Int?

    /// How far programs look for it.
    private static let reach = 2048

    /// Looks for it; nil where there is none.
    init?(_ bytes: FileBytes) {
        let header = bytes.header
        var tokens = PDFTokenizer(bytes, at: header, limit: bytes.count)
        var length: Int?
        var isFound = false
        while tokens.offset < header + Self.reach {
            switch tokens.next() {
            case .dictionaryStart where !isFound: length = nil
            case .name(let name) where name == Array("L".utf8): length = tokens.nextNumber()
            case .name(let name) where name == Array("Linearized".utf8): isFound = true
            case .dictionaryEnd where isFound:
                self.length = length
                return
            case .end:
                // Bytes that are no tokens: what stands behind them some program may find all the same.
                guard bytes.first("/Linearized", in: header..<min(header + Self.reach, bytes.count)) != nil else {
                    return nil
                }
                self.length = nil
                return
            default: continue
            }
        }
        guard isFound else { return nil }
        self.length = nil
    }
}
