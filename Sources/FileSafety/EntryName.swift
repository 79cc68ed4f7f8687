import Glibc
package import SystemPackage

/// One name in a folder, as the bytes that the file system holds.
///
/// The only way to open, list, rename or remove below a `DirectoryHandle`. It is one component: never empty, `.` or `..`, and
/// without `/` and NUL, so that no name leads out of the folder that it is used in. A name from a listing shares the
/// listing's memory; none is made for it.
package struct EntryName: Sendable {
    /// The bytes of the name.
    package let bytes: ArraySlice<UInt8>

    /// A name out of bytes, which are not copied.
    ///
    /// - Throws: `FileSafetyError`, with code `outside`, where they are no name of one thing in a folder.
    package init(_ bytes: ArraySlice<UInt8>) throws(FileSafetyError) {
        guard let fault = Self.fault(of: bytes) else {
            self.bytes = bytes
            return
        }
        throw FileSafetyError(.outside, operation: "open", path: FilePath(bytes.escaped), reason: fault)
    }

    /// A name out of bytes.
    ///
    /// - Throws: `FileSafetyError`, with code `outside`, where they are no name of one thing in a folder.
    package init(_ bytes: [UInt8]) throws(FileSafetyError) { try self.init(bytes[...]) }

    /// A name out of a text, in UTF-8 and in the form in which it is given.
    ///
    /// - Throws: `FileSafetyError`, with code `outside`, where it is no name of one thing in a folder.
    package init(_ text: String) throws(FileSafetyError) { try self.init(Array(text.utf8)) }

    /// A name out of a component of a path.
    ///
    /// - Throws: `FileSafetyError`, with code `outside`, for `.` and `..`.
    package init(_ component: FilePath.Component) throws(FileSafetyError) {
        try self.init(
            unsafe component.withPlatformString { start in
                unsafe Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(start), count: strlen(start)))
            }
        )
    }

    /// A name as a listing of the kernel gave it, which has been looked at.
    init(listed bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// What keeps bytes from being a name; nil for a name.
    static func fault(of bytes: some Collection<UInt8>) -> String? {
        if bytes.isEmpty { return "a part of the path is empty" }
        if bytes.count <= 2, bytes.allSatisfy({ $0 == UInt8(ascii: ".") }) {
            return bytes.count == 1 ? "it has a component '.'" : "it leads upwards through '..'"
        }
        if bytes.contains(UInt8(ascii: "/")) { return "a name in a folder has no '/'" }
        if bytes.contains(0) { return "a name in a folder has no NUL" }
        return nil
    }

    /// The name as text, exactly; nil where it is no UTF-8.
    package var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The name for a message: on one line, what hides or is no UTF-8 written out as its code.
    package var shown: String { bytes.escaped }

    /// Hands the name over as C wants it.
    func withCName(_ body: (UnsafePointer<CChar>) -> CInt) -> CInt {
        unsafe withUnsafeTemporaryAllocation(byteCount: bytes.count + 1, alignment: 1) { buffer in
            unsafe buffer.copyBytes(from: bytes)
            unsafe buffer[bytes.count] = 0
            return unsafe buffer.withMemoryRebound(to: CChar.self) { name in
                guard let start = name.baseAddress else { return -1 }
                return unsafe body(UnsafePointer(start))
            }
        }
    }
}

extension EntryName: Hashable, Comparable, CustomStringConvertible {
    /// Equal names have the same bytes; two Unicode forms of a text are two names.
    package static func == (left: EntryName, right: EntryName) -> Bool { left.bytes.elementsEqual(right.bytes) }

    /// The order of names is that of their bytes, which no locale changes.
    package static func < (left: EntryName, right: EntryName) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// Takes the bytes in.
    package func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    }

    /// The name for a message.
    package var description: String { shown }
}

extension FilePath {
    /// The path of a name below this path.
    package func appending(_ name: EntryName) -> FilePath {
        var result = self
        _ = unsafe name.withCName { start in
            if let component = unsafe FilePath.Component(platformString: start) { result.append(component) }
            return 0
        }
        return result
    }

    /// The path for a message: as it is, or, where it is no UTF-8, written out as codes where it is not.
    package var shown: String {
        unsafe withPlatformString { start in
            let bytes = unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(start), count: strlen(start))
            return unsafe String(validating: bytes, as: UTF8.self) ?? Array(bytes).escaped
        }
    }
}

extension Collection<UInt8> {
    /// The bytes as text on one line: control characters, marks that turn the direction of writing, and bytes that are
    /// no UTF-8 are written out as `\n`, `\u{202E}` or `\xFF`.
    package var escaped: String {
        if allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: self, as: UTF8.self) }
        var text = ""
        var parser = Unicode.UTF8.ForwardParser()
        var place = startIndex
        var iterator = makeIterator()
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .emptyInput: return text
            case .valid(let encoded):
                formIndex(&place, offsetBy: encoded.count)
                Self.show(Unicode.UTF8.decode(encoded), in: &text)
            case .error(let length):
                let end = index(place, offsetBy: length)
                for byte in self[place..<end] {
                    text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
                place = end
            }
        }
    }

    private static func show(_ scalar: Unicode.Scalar, in text: inout String) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        default: text.unicodeScalars.append(scalar)
        }
    }
}
