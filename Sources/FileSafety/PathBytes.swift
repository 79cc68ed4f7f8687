import Glibc
package import SystemPackage

extension FilePath {
    /// A path out of bytes, in whatever encoding they are; what stands behind a NUL is cut off.
    package init(rawBytes bytes: [UInt8]) {
        let text = bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        self = unsafe text.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return FilePath() }
            return unsafe FilePath(platformString: start)
        }
    }

    /// The bytes of the path, as the file system is given them.
    package var rawBytes: [UInt8] {
        unsafe withPlatformString { start in
            unsafe Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(start), count: strlen(start)))
        }
    }

    /// The bytes of the last component; all of them where there is none.
    package var lastName: [UInt8] { lastComponent.map { FilePath(root: nil, [$0]).rawBytes } ?? rawBytes }
}
