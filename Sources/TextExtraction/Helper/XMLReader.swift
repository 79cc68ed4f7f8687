private import CExpat

/// The attributes of an element, by local name.
struct XMLAttributes {
    private let pairs: [(name: String, value: String)]

    init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

    /// The value of the first attribute of that local name.
    subscript(_ name: String) -> String? { pairs.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }

    /// Whether an attribute of XML Schema's kind says yes.
    func isTrue(_ name: String) -> Bool { self[name] == "1" || self[name] == "true" }
}

/// Takes the parts of an XML document as they come, by local names: without prefix and namespace.
protocol XMLHandler: AnyObject {
    /// An element begins.
    func start(_ name: String, _ attributes: XMLAttributes)
    /// An element ends.
    func end(_ name: String)
    /// Text inside an element, in UTF-8, perhaps one of several pieces.
    func text(_ piece: UnsafeBufferPointer<UInt8>)
    /// Whether nothing more is wanted.
    var isFinished: Bool { get }
}

/// What an XML document was refused or given up for.
enum XMLFault: Hashable {
    /// It has a document type: neither Open Packaging nor OpenDocument allows one, and entities are how XML explodes.
    case documentType
    /// Elements lie in more than `XMLReader.depth` others.
    case tooDeep
    /// It is no well-formed XML, in Expat's words.
    case malformed(String)
}

/// Reads XML by Expat: as a stream, without recursion, without entities, and without asking for any other file.
enum XMLReader {
    /// How deep elements may lie: documents of offices have some thirty.
    static let depth = 512

    /// Reads a document to its end, or to where the handler wants no more.
    ///
    /// - Returns: why it could not be read to its end; nil where it could. What came until then was handed over.
    static func read(_ document: [UInt8], _ handler: any XMLHandler) -> XMLFault? {
        guard let parser = unsafe XML_ParserCreateNS(nil, 0x1F) else { return .malformed("out of memory") }
        defer { unsafe XML_ParserFree(parser) }
        let state = unsafe XMLState(handler, parser)
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
        unsafe XML_SetElementHandler(
            parser,
            { data, name, attributes in unsafe XMLState.from(data)?.start(name, attributes) },
            { data, name in unsafe XMLState.from(data)?.end(name) }
        )
        unsafe XML_SetCharacterDataHandler(parser) { data, piece, count in
            unsafe XMLState.from(data)?.text(piece, count)
        }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            unsafe XMLState.from(data)?.stop(.documentType)
        }
        let status = unsafe document.withUnsafeBytes { buffer -> XML_Status in
            var place = 0
            repeat {
                let count = min(1 << 20, buffer.count - place)
                let isLast: CInt = place + count == buffer.count ? 1 : 0
                let start = unsafe buffer.baseAddress.map { unsafe ($0 + place).assumingMemoryBound(to: CChar.self) }
                let status = unsafe XML_Parse(parser, start, CInt(count), isLast)
                guard status == XML_STATUS_OK else { return status }
                place += count
            } while place < buffer.count
            return XML_STATUS_OK
        }
        if status == XML_STATUS_OK || state.isStopped { return state.fault }
        let words = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) }
        return .malformed("\(words ?? "it is malformed") in line \(unsafe XML_GetCurrentLineNumber(parser))")
    }
}

/// What Expat's calls come to; lives as long as the parser, which holds on to it without a count.
@safe
private final class XMLState {
    private let handler: any XMLHandler
    private let parser: XML_Parser
    private var depth = 0
    private(set) var fault: XMLFault?
    private(set) var isStopped = false

    init(_ handler: any XMLHandler, _ parser: XML_Parser) {
        self.handler = handler
        unsafe self.parser = parser
    }

    static func from(_ pointer: UnsafeMutableRawPointer?) -> XMLState? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe Unmanaged<XMLState>.fromOpaque(pointer).takeUnretainedValue()
    }

    func stop(_ fault: XMLFault?) {
        if !isStopped { self.fault = fault }
        isStopped = true
        _ = unsafe XML_StopParser(parser, 0)
    }

    func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard !isStopped else { return }
        depth += 1
        guard depth <= XMLReader.depth else { return stop(.tooDeep) }
        var pairs: [(name: String, value: String)] = []
        if let list = unsafe attributes {
            var index = 0
            while let key = unsafe list[index], let value = unsafe list[index + 1], pairs.count < 256 {
                pairs.append((unsafe Self.local(key), unsafe String(cString: value)))
                index += 2
            }
        }
        handler.start(unsafe Self.local(name), XMLAttributes(pairs))
        if handler.isFinished { stop(nil) }
    }

    func end(_ name: UnsafePointer<CChar>?) {
        guard !isStopped else { return }
        depth -= 1
        handler.end(unsafe Self.local(name))
        if handler.isFinished { stop(nil) }
    }

    func text(_ piece: UnsafePointer<CChar>?, _ count: CInt) {
        guard !isStopped, let piece = unsafe piece else { return }
        unsafe piece.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
            unsafe handler.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
    }

    /// The part of an expanded name behind its namespace.
    private static func local(_ name: UnsafePointer<CChar>?) -> String {
        guard let name = unsafe name else { return "" }
        var start = 0
        var index = 0
        while unsafe name[index] != 0 {
            if unsafe name[index] == 0x1F { start = index + 1 }
            index += 1
        }
        return unsafe String(cString: name + start)
    }
}
