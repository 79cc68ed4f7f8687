import Foundation
import JSONWriting

/// A person's signature under an event, made with their SSH key.
///
/// What is signed is the event's canonical line without this member and with `seq` 0, a line end, and the checkpoint: so each
/// signature is also a witness of the history before it.
package struct ActSignature: Hashable, Sendable, Codable {
    /// The namespace of the signatures (`ssh-keygen -Y sign -n`).
    package static let namespace = "act@berkas"

    /// The ledger's checkpoint at that moment: three lines, each with its line end.
    package let checkpoint: String
    /// The key's fingerprint: `SHA256:` and base64.
    package let key: String
    /// The signature in OpenSSH's format (PROTOCOL.sshsig), base64 without line ends.
    package let value: String

    /// A signature out of its parts.
    package init(checkpoint: String, key: String, value: String) {
        self.checkpoint = checkpoint
        self.key = key
        self.value = value
    }

    /// The bytes that are signed for an event at a checkpoint.
    ///
    /// - Throws: `EncodingError` for a number that JSON cannot hold.
    package static func content(of event: Event, at checkpoint: String) throws -> [UInt8] {
        var plain = event
        plain.seq = 0
        plain.signature = nil
        return Array(try CanonicalJSON.line(plain)) + Array("\n\(checkpoint)".utf8)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("checkpoint", checkpoint, first: true)
            writer.member("key", key)
            writer.member("value", value)
        }
    }
}
