package import Disposal
import Fixity
import Foundation
import RecordsModel

extension DisposalList {
    /// SHA-512 of the list as it was frozen: 128 hexadecimal digits, which every paper of the list bears.
    ///
    /// The bytes are the detail of the event `disposal proposed` as canonical JSON: anybody with the ledger finds the same.
    package func digest() throws -> String { Digest.of(Array(try CanonicalJSON.line(frozen)), .sha512).hex }
}
