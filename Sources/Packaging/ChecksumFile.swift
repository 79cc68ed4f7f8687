import SystemPackage

/// The file beside a container that `sha512sum -c` reads.
enum ChecksumFile {
    /// The one line of the file.
    ///
    /// A name with a backslash, LF or CR is escaped, and the line then begins with a backslash, as coreutils 9 does it
    /// (<https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html>).
    static func content(sha512: String, name: [UInt8]) -> [UInt8] {
        let escaped = name.flatMap { byte in
            switch byte {
            case UInt8(ascii: "\\"): Array("\\\\".utf8)
            case UInt8(ascii: "\n"): Array("\\n".utf8)
            case UInt8(ascii: "\r"): Array("\\r".utf8)
            default: [byte]
            }
        }
        return (escaped == name ? [] : [UInt8(ascii: "\\")]) + Array("\(sha512)  ".utf8) + escaped + [0x0A]
    }
}

extension FilePath {
    /// The bytes of the path, whatever their encoding.
    var bytes: [UInt8] {
        unsafe withPlatformString { text in
            var bytes: [UInt8] = []
            var offset = 0
            while unsafe text[offset] != 0 {
                bytes.append(UInt8(bitPattern: unsafe text[offset]))
                offset += 1
            }
            return bytes
        }
    }

    /// The path of a sibling whose name is this one's with something behind it.
    func suffixed(_ suffix: String) -> FilePath {
        unsafe FilePath(platformString: (bytes + Array(suffix.utf8)).map { CChar(bitPattern: $0) } + [0])
    }

    /// The folder that the path's name stands in; `.` for a bare name.
    var folder: FilePath {
        let folder = removingLastComponent()
        return folder.isEmpty ? "." : folder
    }
}
