import FileSafety
import Glibc
import SystemPackage

/// The words of the call as texts that keep every byte.
///
/// A word is bytes, and the name of a file need not be UTF-8; Swift and the argument parser know texts. A byte that is part
/// of no character becomes a character of the private plane, U+10F700 and its value, and so do the bytes of such a
/// character itself: going back gives the very bytes. What a word says is a path where `FilePath(argument:)` takes it.
package enum CommandWords {
    private static let stand: UInt32 = 0x10F700

    /// The words behind the program's name, as the system handed them over.
    package static var own: [String] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            guard let word = unsafe CommandLine.unsafeArgv[index] else { return nil }
            return text(unsafe Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(word), count: strlen(word))))
        }
    }

    /// A variable of the environment, as a word of the call; nil where it is not set, or empty.
    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(value), count: strlen(value)))
        return bytes.isEmpty ? nil : text(bytes)
    }

    /// The folder that the program runs in; the root where it is gone.
    static var folder: FilePath {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            guard let place = unsafe getcwd(buffer.baseAddress, buffer.count) else { return "/" }
            return unsafe FilePath(platformString: place)
        }
    }

    /// The text of a word.
    static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !isBroken(text) { return text }
        var text = ""
        var rest = bytes[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let character = String(validating: rest.prefix(length), as: UTF8.self)
            if let character, !character.isEmpty, !isBroken(character) {
                text += character
                rest = rest.dropFirst(length)
            } else {
                text.unicodeScalars.append(Unicode.Scalar(stand + UInt32(first)) ?? "\u{FFFD}")
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// The bytes of a word.
    static func bytes(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in
            stands(scalar) ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
        }
    }

    /// Whether a word has bytes that are no text.
    static func isBroken(_ text: String) -> Bool { text.unicodeScalars.contains(where: stands) }

    private static func stands(_ scalar: Unicode.Scalar) -> Bool { (stand..<stand + 0x100).contains(scalar.value) }

    /// Options whose values name files and folders.
    private static let paths: Set<String> = [
        "--home", "--to", "--profile", "--html", "--facts", "--template", "--trust", "--backup", "--request",
        "--accept",
    ]
    /// Options without a value, behind which a file may be named.
    private static let flags: Set<String> = [
        "--json", "--quiet", "--dry-run", "--no-read", "--top-level", "--deep", "--confirm", "--redo",
    ]

    /// The option that is given a text that is none; nil where there is no such option.
    ///
    /// What is kept as text must be text: a title in another encoding would be kept as something else than it says.
    static func brokenOption(_ words: [String]) -> String? {
        for (index, word) in words.enumerated() where isBroken(word) {
            let before = index > 0 ? words[index - 1] : ""
            let option: Substring
            if word.hasPrefix("--") {
                option = word.prefix { $0 != "=" }
            } else if before.hasPrefix("--"), !before.contains("=") {
                option = before[...]
            } else {
                continue
            }
            if !paths.contains(String(option)), !flags.contains(String(option)) {
                return FilePath(rawBytes: bytes(String(option))).shown
            }
        }
        return nil
    }
}

extension FilePath {
    /// The path that a word of the call names, to the byte.
    init(argument: String) { self.init(rawBytes: CommandWords.bytes(argument)) }
}
