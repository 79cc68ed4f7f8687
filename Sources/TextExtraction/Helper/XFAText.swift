/// The words of a form of Adobe's XFA kind: what its template says, then what was filled in.
///
/// <https://www.pdfa.org/norm-refs/XFA-3_3.pdf>: `template` holds captions and drawn texts, `datasets` one element a value.
/// Scripts, settings, fonts and pictures are no words.
final class XFAText: XMLHandler {
    private enum Packet {
        case other
        case template
        case data
    }

    private static let mostLines = 100_000
    /// Elements of a template that hold no words of the form.
    private static let silent: Set<String> = [
        "script", "submit", "image", "picture", "items", "encryptData", "signData", "keyUsage", "extras", "desc",
        "event",
        "calculate", "validate", "connect", "assist", "proto",
    ]
    /// Elements of a template whose content is a value.
    private static let values: Set<String> = [
        "text", "exData", "integer", "decimal", "float", "date", "time", "dateTime",
    ]
    /// Elements of texts in a template behind which a line ends.
    private static let breaks: Set<String> = ["p", "div", "li", "br", "tr"]

    private(set) var lines: [String] = []
    private let first: Packet
    private var packet: Packet
    private var stack: [String] = []
    private var packetDepth = 0
    private var silentDepth: Int?
    private var valueDepth: Int?
    private var bytes: [UInt8] = []

    /// Reads what stands in no packet as if it stood in one of that name.
    private init(_ name: String = "") {
        first = Self.kind(name) ?? .other
        packet = first
    }

    var isFinished: Bool { lines.count >= Self.mostLines }

    /// Reads a form.
    ///
    /// - Parameter packets: one document, or parts of one, in their order.
    /// - Returns: the lines, those of the template first, and why there may be more.
    static func read(_ packets: [(name: String, content: [UInt8])]) -> (lines: [String], fault: XMLFault?) {
        let whole = XFAText(packets.count == 1 ? packets[0].name : "")
        let fault = XMLReader.read(packets.flatMap(\.content), whole)
        if fault == nil { return (whole.lines, nil) }
        // The frame is broken, or none is there: each part is a document of its own.
        var lines: [String] = []
        var worst: XMLFault?
        for packet in packets where !["preamble", "postamble", "xdp:xdp", "</xdp:xdp>"].contains(packet.name) {
            let reader = XFAText(packet.name)
            if let fault = XMLReader.read(packet.content, reader), worst == nil { worst = fault }
            lines += reader.lines
        }
        return lines.isEmpty ? (whole.lines, fault) : (lines, worst)
    }

    private static func kind(_ name: String) -> Packet? {
        switch name {
        case "template": .template
        case "datasets", "data": .data
        case "config", "connectionSet", "localeSet", "sourceSet", "stylesheet", "xmpmeta", "xfdf", "form", "signature",
            "pdf":
            .other
        default: nil
        }
    }

    func start(_ name: String, _ attributes: XMLAttributes) {
        stack.append(name)
        if stack.count <= 2, let kind = Self.kind(name) {
            (packet, packetDepth) = (kind, stack.count)
            bytes = []
            return
        }
        switch packet {
        case .template:
            if silentDepth == nil, Self.silent.contains(name) { silentDepth = stack.count }
            if silentDepth == nil, valueDepth == nil, Self.values.contains(name) {
                valueDepth = stack.count
                bytes = []
            }
        case .data: finish(label: stack.dropLast().last)
        case .other: break
        }
    }

    func end(_ name: String) {
        switch packet {
        case .template:
            if let depth = valueDepth {
                if depth == stack.count {
                    finish(label: nil)
                    valueDepth = nil
                } else if Self.breaks.contains(name) {
                    bytes.append(0x0A)
                }
            }
            if silentDepth == stack.count { silentDepth = nil }
        case .data: finish(label: name)
        case .other: break
        }
        if stack.count == packetDepth { (packet, packetDepth) = (first, 0) }
        stack.removeLast()
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard packet == .data || packet == .template && valueDepth != nil && silentDepth == nil else { return }
        guard bytes.count < PDFObjects.mostText else { return }
        unsafe bytes.append(contentsOf: piece)
    }

    private func finish(label: String?) {
        defer { bytes = [] }
        for line in bytes.split(separator: 0x0A) {
            guard let text = PDFInsideReader.trimmed(String(decoding: line, as: UTF8.self)), !isFinished else {
                continue
            }
            lines.append(label.map { "\($0): \(text)" } ?? text)
        }
    }
}
