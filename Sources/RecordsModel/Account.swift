/// The account of the operating system under which an event is written.
///
/// Beside the person who is said to act: that name may be typed by anybody, the account is what the operating system says.
package struct Account: Hashable, Sendable {
    /// The account's name; `#` and the number where the system has no name for it.
    package let name: String
    /// The account's number.
    package let uid: Int
    /// The computer's name.
    package let host: String

    /// An account out of its parts.
    package init(name: String, uid: Int, host: String) {
        self.name = name
        self.uid = uid
        self.host = host
    }
}
