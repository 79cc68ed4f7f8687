package import RecordsModel

/// A person's public SSH key was entered.
package struct PersonEnrolled: EventDetail {
    /// The kind of event.
    package static let type = EventType.personEnrolled

    /// The person.
    package let person: String
    /// The key as OpenSSH writes it: type and base64, without a comment.
    package let key: String
    /// Its fingerprint: `SHA256:` and base64.
    package let fingerprint: String
    /// Why, and how it is known that the key is the person's.
    package let reason: String

    /// An enrolment out of its parts.
    package init(person: String, key: String, fingerprint: String, reason: String) {
        self.person = person
        self.key = key
        self.fingerprint = fingerprint
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] {
        let parts = key.split(separator: " ", omittingEmptySubsequences: false)
        let isKey = parts.count == 2 && key.utf8.allSatisfy { (0x20...0x7E).contains($0) } && key.utf8.count < 16_384
        return [person].textFaults("person") + [reason].textFaults("reason") + (isKey ? [] : ["'key' is no public key"])
            + (fingerprint.hasPrefix("SHA256:") ? [] : ["'fingerprint' is none"])
    }
}

/// A person's key signs no more.
package struct PersonRetired: EventDetail {
    /// The kind of event.
    package static let type = EventType.personRetired

    /// The person.
    package let person: String
    /// The key's fingerprint.
    package let fingerprint: String
    /// Why.
    package let reason: String

    /// A retirement out of its parts.
    package init(person: String, fingerprint: String, reason: String) {
        self.person = person
        self.fingerprint = fingerprint
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [person].textFaults("person") + [reason].textFaults("reason") + [fingerprint].textFaults("fingerprint")
    }
}
