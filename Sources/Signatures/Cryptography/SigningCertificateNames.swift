private import CLibCryptoCMS

/// The attributes by which a signer names his certificate (RFC 5035): its hash, and perhaps its issuer and serial number.
enum SigningCertificateNames {
    /// Whether the first certificate that an attribute names is this one.
    ///
    /// - Parameters:
    ///   - attribute: `SigningCertificate` or `SigningCertificateV2` in DER.
    ///   - isFirst: whether it is version 1, whose hashes are SHA-1.
    ///   - certificate: the certificate that was used.
    /// - Returns: false also where the attribute cannot be read.
    static func names(_ attribute: [UInt8], isFirst: Bool, _ certificate: Certificate) -> Bool {
        guard let whole = DER.elements(attribute, in: 0..<attribute.count), whole.count == 1, whole[0].tag == 0x30,
            let parts = DER.elements(attribute, in: whole[0].content), let list = parts.first, list.tag == 0x30,
            let entries = DER.elements(attribute, in: list.content), let first = entries.first, first.tag == 0x30,
            case var fields = (DER.elements(attribute, in: first.content) ?? [])[...]
        else { return false }
        var algorithm = isFirst ? NID_sha1 : NID_sha256
        if !isFirst, let field = fields.first, field.tag == 0x30 {
            guard let named = digest(Array(attribute[field.whole])) else { return false }
            algorithm = named
            fields = fields.dropFirst()
        }
        guard let hash = fields.popFirst(), hash.tag == 0x04,
            Digesting.digest(algorithm, of: certificate.der) == Array(attribute[hash.content])
        else { return false }
        guard let issuer = fields.popFirst() else { return true }
        return fields.isEmpty && names(attribute, issuer, certificate)
    }

    private static func digest(_ algorithm: [UInt8]) -> CInt? {
        guard
            let raw = unsafe DER.read(
                algorithm,
                { start, length in
                    unsafe d2i_X509_ALGOR(nil, start, length).map { OpaquePointer($0) }
                }
            )
        else { return nil }
        defer { unsafe X509_ALGOR_free(UnsafeMutablePointer<X509_ALGOR>(raw)) }
        return unsafe berkas_algorithm_nid(UnsafeMutablePointer<X509_ALGOR>(raw))
    }

    /// `IssuerSerial`: one directory name and a number.
    private static func names(_ attribute: [UInt8], _ field: DER.Element, _ certificate: Certificate) -> Bool {
        guard field.tag == 0x30, let parts = DER.elements(attribute, in: field.content), parts.count == 2,
            parts[0].tag == 0x30, parts[1].tag == 0x02,
            let general = DER.elements(attribute, in: parts[0].content), general.count == 1, general[0].tag == 0xA4,
            let number = unsafe DER.bytes({ target in
                unsafe i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate.raw), target)
            }),
            let serial = DER.elements(number, in: 0..<number.count)?.first
        else { return false }
        guard stripped(number[serial.content]) == stripped(attribute[parts[1].content]),
            let name = unsafe DER.read(
                Array(attribute[general[0].content]),
                { start, length in unsafe d2i_X509_NAME(nil, start, length) }
            )
        else { return false }
        defer { unsafe X509_NAME_free(name) }
        let own = unsafe X509_get_issuer_name(certificate.raw)
        if unsafe X509_NAME_cmp(name, own) == 0 { return true }
        guard let left = unsafe values(of: name), let right = unsafe values(of: own) else { return false }
        return left == right
    }

    /// A number without zeros in front of it.
    private static func stripped(_ number: ArraySlice<UInt8>) -> [UInt8] { Array(number.drop { $0 == 0 }) }

    /// One attribute of a name, by its value and not by its string type.
    private struct Part: Hashable {
        /// The type's identifier in DER.
        let type: [UInt8]
        /// Which relative name it belongs to.
        let place: CInt
        /// The value, in small letters and with single blanks (RFC 5280, 7.1).
        let value: String
    }

    private static func values(of name: OpaquePointer?) -> Set<Part>? {
        var found: Set<Part> = []
        for index in 0..<max(0, min(200, unsafe X509_NAME_entry_count(name))) {
            guard let entry = unsafe X509_NAME_get_entry(name, index),
                let data = unsafe X509_NAME_ENTRY_get_data(entry),
                let type = unsafe DER.bytes({ target in
                    unsafe i2d_ASN1_OBJECT(X509_NAME_ENTRY_get_object(entry), target)
                })
            else { return nil }
            let bytes = unsafe Array(
                UnsafeBufferPointer(start: ASN1_STRING_get0_data(data), count: Int(ASN1_STRING_length(data)))
            )
            // A TeletexString holds Latin-1, or UTF-8 by programs that know no better.
            var text =
                unsafe ASN1_STRING_type(data) == V_ASN1_T61STRING ? String(validating: bytes, as: UTF8.self) : nil
            if text == nil {
                var start: UnsafeMutablePointer<UInt8>?
                let count = unsafe ASN1_STRING_to_UTF8(&start, data)
                guard count >= 0 else { return nil }
                defer { unsafe CRYPTO_free(start, "", 0) }
                text = unsafe String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
            }
            let words = (text ?? "").lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            found.insert(Part(type: type, place: unsafe X509_NAME_ENTRY_set(entry), value: words))
        }
        return found
    }
}
