/// What was written: enough to recognise the package again, and to make it again.
package struct PackageReceipt: Hashable, Sendable {
    /// SHA-512 of the container, in lower-case hexadecimal digits.
    package let sha512: String
    /// Length of the container in bytes.
    package let size: Int
    /// How many payload files there are.
    package let payloadFiles: Int
    /// Sum of the lengths of the payload files in bytes.
    package let payloadOctets: Int
    /// The libraries that made the container with their versions, as `archive_version_details()` names them.
    ///
    /// What the compressed formats promise holds for these versions only.
    package let libraries: String
}
