private import CLibCryptoCMS

/// A certificate (RFC 5280).
///
/// Wraps `X509` of libcrypto and owns one reference to it.
@safe
final class Certificate {
    /// libcrypto's object, for the other files of this folder; it lives as long as this does.
    let raw: OpaquePointer
    /// Its DER bytes.
    let der: [UInt8]

    /// Takes over one reference.
    init?(adopting raw: OpaquePointer) {
        unsafe self.raw = raw
        guard let der = unsafe DER.bytes({ target in unsafe i2d_X509(raw, target) }) else {
            unsafe X509_free(raw)
            return nil
        }
        self.der = der
    }

    /// Reads DER; nil where it is no certificate, or anything follows it.
    convenience init?(der bytes: [UInt8]) {
        guard let raw = unsafe DER.read(bytes, { start, length in unsafe d2i_X509(nil, start, length) }) else {
            return nil
        }
        unsafe self.init(adopting: raw)
    }

    deinit { unsafe X509_free(raw) }

    /// The certificates of a PEM text, in its order; nil where a block is unreadable.
    static func list(pem: [UInt8]) -> [Certificate]? {
        unsafe pem.withUnsafeBytes { buffer -> [Certificate]? in
            guard let source = unsafe BIO_new_mem_buf(buffer.baseAddress, CInt(clamping: buffer.count)) else {
                return nil
            }
            defer { unsafe BIO_free(source) }
            var found: [Certificate] = []
            while let raw = unsafe PEM_read_bio_X509(source, nil, nil, nil) {
                guard let certificate = unsafe Certificate(adopting: raw) else { return nil }
                found.append(certificate)
            }
            let reason = ERR_peek_last_error()
            ERR_clear_error()
            // PEM_R_NO_START_LINE: the text has come to its end.
            return Int(reason & 0x7F_FFFF) == 108 ? found : nil
        }
    }

    /// When its life begins, in seconds since 1970.
    var notBefore: Int { unsafe Seconds.of(X509_get0_notBefore(raw)) ?? Int.max }
    /// When its life ends, in seconds since 1970.
    var notAfter: Int { unsafe Seconds.of(X509_get0_notAfter(raw)) ?? Int.min }

    /// Whether a time lies in its life.
    func isAlive(at time: Int) -> Bool { notBefore <= time && time <= notAfter }

    /// Who it is about, in RFC 2253 form; text as it stands in the certificate.
    var subject: String { unsafe Names.text(X509_get_subject_name(raw)) }
    /// Who issued it.
    var issuer: String { unsafe Names.text(X509_get_issuer_name(raw)) }
    /// The common name of its subject, the last where there are several; nil where it has none.
    var commonName: String? { unsafe Names.common(X509_get_subject_name(raw)) }
    /// Its serial number in hexadecimal digits.
    var serial: String {
        guard let number = unsafe ASN1_INTEGER_to_BN(X509_get0_serialNumber(raw), nil) else { return "" }
        defer { unsafe BN_free(number) }
        guard let text = unsafe BN_bn2hex(number) else { return "" }
        defer { unsafe CRYPTO_free(text, "", 0) }
        return unsafe String(cString: text).lowercased()
    }

    /// Whether subject and issuer are one and its own key made its signature.
    var isSelfSigned: Bool { unsafe X509_self_signed(raw, 1) == 1 }
    /// Whether it may issue certificates.
    var isAuthority: Bool { unsafe X509_check_ca(raw) == 1 }
    /// Whether it names a place where revocation data can be had: a CRL distribution point or an OCSP address.
    var namesRevocationSource: Bool {
        unsafe X509_get_ext_by_NID(raw, NID_crl_distribution_points, -1) >= 0 || berkas_has_ocsp_address(raw) != 0
    }

    /// Whether it names a place where lists of revoked certificates can be had.
    var namesListSource: Bool { unsafe X509_get_ext_by_NID(raw, NID_crl_distribution_points, -1) >= 0 }

    /// Whether the key of another certificate made the signature of this one.
    func isSigned(by other: Certificate) -> Bool {
        guard let key = unsafe X509_get0_pubkey(other.raw) else { return false }
        defer { ERR_clear_error() }
        return unsafe X509_verify(raw, key) == 1
    }

    /// Whether the issuer that this names is the subject of another.
    func names(_ other: Certificate) -> Bool {
        unsafe X509_NAME_cmp(X509_get_issuer_name(raw), X509_get_subject_name(other.raw)) == 0
    }

    /// What is against its use for signing documents; nil where nothing is (RFC 5280, 4.2.1.3 and 4.2.1.12; RFC 9336).
    var signingObstacle: String? {
        // 0xC0: digitalSignature and nonRepudiation; all bits where there is no such extension.
        if unsafe X509_get_key_usage(raw) & 0xC0 == 0 {
            return "its key usage is neither digitalSignature nor nonRepudiation"
        }
        switch ExtendedUses(self, ExtendedUses.documents) {
        case .absent: return nil
        case .unreadable: return "its extended key usage is unreadable"
        case .present(_, let named, _) where named > 0: return nil
        case .present: return "its extended key usage is neither emailProtection nor documentSigning"
        }
    }

    /// What is against its use for time stamps; nil where nothing is (RFC 3161, 2.3).
    var timeStampingObstacle: String? {
        if unsafe X509_get_key_usage(raw) & 0xC0 == 0 {
            return "its key usage is neither digitalSignature nor nonRepudiation"
        }
        guard case .present(let total, let named, let isCritical) = ExtendedUses(self, ["1.3.6.1.5.5.7.3.8"]),
            total == 1, named == 1, isCritical
        else {
            return "its extended key usage is not timeStamping alone and critical"
        }
        return nil
    }
}

/// The extended key usages of a certificate, as far as is asked.
enum ExtendedUses {
    /// There is no such extension.
    case absent
    /// It cannot be read, or stands twice.
    case unreadable
    /// How many it has, how many of them are asked for, and whether it is critical.
    case present(total: Int, named: Int, isCritical: Bool)

    /// Those that let documents be signed: emailProtection, documentSigning (RFC 9336), and those of Adobe and Microsoft
    /// that were in use before.
    static let documents = [
        "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.2.840.113583.1.1.5", "1.3.6.1.4.1.311.10.3.12",
    ]

    /// Any use (RFC 5280, 4.2.1.12).
    static let any = "2.5.29.37.0"

    /// Looks for usages in a certificate.
    init(_ certificate: Certificate, _ wanted: [String]) {
        var found = 0
        var result = ExtendedUses.absent
        for identifier in wanted {
            var (total, named): (CInt, CInt) = (0, 0)
            let state = unsafe berkas_extended_uses(certificate.raw, identifier, "-", &total, &named)
            guard state == 1 || state == 2 else {
                self = state == 0 ? .absent : .unreadable
                return
            }
            found += Int(named)
            result = .present(total: Int(total), named: found, isCritical: state == 2)
        }
        self = result
    }
}

/// Times of ASN.1.
enum Seconds {
    /// Seconds since 1970; nil where it is no time.
    static func of(_ time: UnsafeRawPointer?) -> Int? {
        var seconds: Int64 = 0
        return unsafe berkas_asn1_time(time, &seconds) == 1 ? Int(seconds) : nil
    }
}

/// Distinguished names.
enum Names {
    /// A name in RFC 2253 form with its characters as they are.
    static func text(_ name: OpaquePointer?) -> String {
        guard let target = unsafe BIO_new(BIO_s_mem()) else { return "" }
        defer { unsafe BIO_free(target) }
        guard unsafe X509_NAME_print_ex(target, name, 0, berkas_name_form()) >= 0 else { return "" }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while text.count < 65_536 {
            let count = unsafe BIO_read(target, &buffer, CInt(buffer.count))
            guard count > 0 else { break }
            text += buffer.prefix(Int(count))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The last common name in a name.
    static func common(_ name: OpaquePointer?) -> String? {
        var place: CInt = -1
        while true {
            let next = unsafe X509_NAME_get_index_by_NID(name, NID_commonName, place)
            guard next >= 0 else { break }
            place = next
        }
        guard place >= 0, let data = unsafe X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)) else {
            return nil
        }
        var start: UnsafeMutablePointer<UInt8>?
        let count = unsafe ASN1_STRING_to_UTF8(&start, data)
        guard count >= 0 else { return nil }
        defer { unsafe CRYPTO_free(start, "", 0) }
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }
}
