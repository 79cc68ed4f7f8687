"""Writes signed and broken PDFs into the folder given, with `expected.json`: file name to accepted verdicts.

Keys are made for one run and thrown away. CMS objects, CRLs, OCSP answers, time stamps and updates are put together piece
by piece, so that each case is wrong in one place; a few files are signed by pyHanko, as a writer that we did not write.
"""
import datetime
import hashlib
import io
import json
import os
import sys
import zlib

from asn1crypto import algos, cms, core, crl as acrl, ocsp as aocsp, pem, tsp, x509 as ax
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as EKU, NameOID, ObjectIdentifier

OUT = sys.argv[1]
UTC = datetime.timezone.utc
EXPECTED = {}


def day(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


NOW = day("2026-01-02T00:00:00")


class Party:
    """A key with its certificate."""

    def __init__(self, name, issuer=None, key=None, ca=False, path=None, start="2020-01-01", end="2045-01-01", ku=None,
                 eku=None, eku_critical=True, source=None, extra=()):
        self.key = key or rsa.generate_private_key(65537, 2048)
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        maker = issuer or self
        builder = (x509.CertificateBuilder().subject_name(self.name).issuer_name(maker.name)
                   .public_key(self.key.public_key()).serial_number(x509.random_serial_number())
                   .not_valid_before(day(start)).not_valid_after(day(end))
                   .add_extension(x509.BasicConstraints(ca, path), True)
                   .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), False))
        ku = ku if ku is not None else ({"key_cert_sign", "crl_sign"} if ca else {"digital_signature"})
        names = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
                 "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
        builder = builder.add_extension(x509.KeyUsage(**{n: n in ku for n in names}), True)
        if eku:
            builder = builder.add_extension(x509.ExtendedKeyUsage(eku), eku_critical)
        if source == "crl":
            point = x509.DistributionPoint([x509.UniformResourceIdentifier("http://x.invalid/crl")], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), False)
        if source == "ocsp":
            access = x509.AccessDescription(x509.oid.AuthorityInformationAccessOID.OCSP,
                                            x509.UniformResourceIdentifier("http://x.invalid/ocsp"))
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), False)
        for extension, critical in extra:
            builder = builder.add_extension(extension, critical)
        algorithm = None if isinstance(maker.key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
        self.cert = builder.sign(maker.key, algorithm)
        self.der = self.cert.public_bytes(serialization.Encoding.DER)
        self.asn1 = ax.Certificate.load(self.der)


ROOT = Party("Akar", ca=True)
CA = Party("CA", ROOT, ca=True, path=0)
TROOT = Party("Akar Waktu", ca=True)
TSA = Party("TSA", TROOT, eku=[EKU.TIME_STAMPING])
SIGNER = Party("KEPALA", CA)
CHAIN = [CA]


def digest(name, data):
    return hashlib.new(name.replace("-", "_") if name.startswith("sha3") else name, data).digest()


HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512, "sha1": hashes.SHA1,
          "sha3-256": hashes.SHA3_256}
HASH_OIDS = {"sha3-256": "2.16.840.1.101.3.4.2.8"}


def hash_algorithm(name):
    return {"algorithm": HASH_OIDS.get(name, name)}


def signature(party, data, name, pss=False, mgf=None, salt=32):
    """The signature and its algorithm."""
    key = party.key
    if isinstance(key, rsa.RSAPrivateKey):
        if pss:
            value = key.sign(data, padding.PSS(padding.MGF1(HASHES[mgf or name]()), salt), HASHES[name]())
            return value, {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams({
                "hash_algorithm": {"algorithm": name}, "salt_length": salt,
                "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": mgf or name}}})}
        return key.sign(data, padding.PKCS1v15(), HASHES[name]()), {"algorithm": "rsassa_pkcs1v15"}
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data), {"algorithm": "ed25519"}
    return key.sign(data, ec.ECDSA(HASHES[name]())), {"algorithm": name + "_ecdsa"}


def ess(party, version=2):
    if version == 1:
        return {"type": "signing_certificate", "values": [tsp.SigningCertificate(
            {"certs": [{"cert_hash": hashlib.sha1(party.der).digest()}]})]}
    return {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2(
        {"certs": [{"cert_hash": hashlib.sha256(party.der).digest()}]})]}


def element(tag, data):
    """A DER element."""
    return bytes([tag]) + length(len(data)) + data


def length(count):
    if count < 128:
        return bytes([count])
    data = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(data)]) + data


def signed_data(party, content, name="sha256", kind="data", carried=None, certs=None, attributes=None, plain=False,
                named=True, stamp=None, extra=(), ski=False, crls=(), signing_time=None, **options):
    """A CMS object over a content."""
    info = {"version": "v1", "digest_algorithm": hash_algorithm(name)}
    if ski:
        info["version"] = "v3"
        info["sid"] = cms.SignerIdentifier("subject_key_identifier", core.OctetString(
            x509.SubjectKeyIdentifier.from_public_key(party.key.public_key()).digest))
    else:
        info["sid"] = cms.SignerIdentifier("issuer_and_serial_number", {
            "issuer": ax.Certificate.load(party.der).issuer, "serial_number": ax.Certificate.load(party.der).serial_number})
    signed = content
    if not plain:
        attributes = attributes or [
            {"type": "content_type", "values": [kind]},
            {"type": "message_digest", "values": [digest(name, content)]},
        ] + ([ess(party)] if named is True else [ess(named)] if named else []) + list(extra)
        if signing_time:
            attributes.append({"type": "signing_time", "values": [cms.Time({"utc_time": signing_time})]})
        attributes = cms.CMSAttributes(attributes)
        info["signed_attrs"] = attributes
        signed = attributes.untag().dump() if hasattr(attributes, "untag") else attributes.dump()
    value, algorithm = signature(party, signed, name, **options)
    info["signature_algorithm"], info["signature"] = algorithm, value
    if stamp:
        # As bytes: asn1crypto copies what it has parsed again and again.
        attribute = element(0x30, core.ObjectIdentifier("1.2.840.113549.1.9.16.2.14").dump() + element(0x31, stamp(value)))
        info["unsigned_attrs"] = cms.CMSAttributes.load(element(0x31, attribute))
    encap = {"content_type": kind}
    if carried is not None:
        encap["content"] = carried
    body = {"version": "v1" if kind == "data" else "v3", "digest_algorithms": [hash_algorithm(name)],
            "encap_content_info": encap, "certificates": [ax.Certificate.load(c.der) for c in (certs if certs is not None else [party] + CHAIN)],
            "signer_infos": [info]}
    if crls:
        body["crls"] = [acrl.CertificateList.load(c) for c in crls]
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(body)}).dump()


def time_stamp(data, when="2024-03-01T00:00:00", party=None, imprint="sha256", named=True):
    """A time stamp token over data."""
    info = tsp.TSTInfo({
        "version": "v1", "policy": "1.2.3.4", "serial_number": 7, "gen_time": day(when),
        "message_imprint": {"hash_algorithm": {"algorithm": imprint}, "hashed_message": digest(imprint, data)}})
    content = info.dump()
    party = party or TSA
    return signed_data(party, content, kind="tst_info", carried=core.ParsableOctetString(content), certs=[party], named=named)


def crl(issuer, revoked=(), issued="2024-03-02", until="2024-04-01", extra=()):
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.name).last_update(day(issued)).next_update(day(until))
    for party, when in revoked:
        builder = builder.add_revoked_certificate(x509.RevokedCertificateBuilder().serial_number(
            party.cert.serial_number).revocation_date(day(when)).build())
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def answer(party, issuer, responder, status="good", issued="2024-03-02", until="2024-04-01", revoked=None):
    from cryptography.x509 import ocsp
    kind = {"good": ocsp.OCSPCertStatus.GOOD, "revoked": ocsp.OCSPCertStatus.REVOKED, "unknown": ocsp.OCSPCertStatus.UNKNOWN}
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=party.cert, issuer=issuer.cert, algorithm=hashes.SHA1(), cert_status=kind[status], this_update=day(issued),
        next_update=day(until), revocation_time=day(revoked) if revoked else None, revocation_reason=None)
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder.cert).certificates([responder.cert])
    return builder.sign(responder.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


class PDF:
    """A file that grows by updates."""

    def __init__(self, prefix=b"", version="1.7"):
        self.data = bytearray(prefix + b"%PDF-" + version.encode() + b"\n")
        self.shift = len(prefix)
        self.last, self.size = None, 0
        self.objects = {}
        self.fields, self.annotations = ["6 0 R"], ["6 0 R"]
        self.catalogue = ""
        self.form_entries, self.box, self.root_number = "", "[0 0 200 200]", 1
        self.blanks, self.size_error = b"", 0
        self.update(self.base())

    def base(self):
        return {1: self.root(), 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: self.page(),
                4: stream(b"BT /F1 12 Tf 20 20 Td (98 persen) Tj ET"), 5: self.form(),
                6: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (nomor) /Rect [10 10 90 20] /P 3 0 R /F 4 >>",
                7: "<< /Title (Rencana) >>", 8: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}

    def root(self):
        return f"<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R {self.catalogue} >>"

    def page(self):
        return ("<< /Type /Page /Parent 2 0 R /MediaBox " + self.box + " /Contents 4 0 R /Annots ["
                + " ".join(self.annotations) + "] /Resources << /Font << /F1 8 0 R >> >> >>")

    def form(self):
        return f"<< /Fields [{' '.join(self.fields)}] /SigFlags 3 {self.form_entries} >>"

    def update(self, objects, link=True, previous=None):
        places = {}
        for number, text in sorted(objects.items()):
            places[number] = len(self.data) - self.shift
            body = text if isinstance(text, bytes) else text.encode("latin-1")
            self.data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        self.objects.update(objects)
        self.size = max(self.size, max(objects, default=0) + 1)
        table = len(self.data) - self.shift
        self.data += self.blanks + b"xref\n0 1\n0000000000 65535 f \n"
        for number, place in sorted(places.items()):
            self.data += f"{number} 1\n{place:010d} 00000 n \n".encode()
        previous = self.last if previous is None else previous
        chain = f" /Prev {previous}" if link and previous is not None else ""
        self.data += f"trailer\n<< /Size {self.size + self.size_error} /Root {self.root_number} 0 R /Info 7 0 R{chain} >>\nstartxref\n{table}\n%%EOF\n".encode()
        self.last = table
        return self

    def sign(self, make, name="ttd", number=20, subfilter="ETSI.CAdES.detached", extra="", field="", date="20240301100000+08'00'",
             space=12000, objects=None, kind="/Sig", rect="[0 0 0 0]", direct=False, certify=None, literal=False):
        """Adds a field with a signature; `make` gives the CMS object for the signed bytes."""
        here = len(self.data)
        dated = f"/M (D:{date})" if date else ""
        if certify:
            extra += (" /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams "
                      f"/P {certify} /V /1.2 >> >>]")
            self.catalogue += f" /Perms << /DocMDP {number} 0 R >>"
        hole = ("(" + "0" * space * 2 + ")") if literal else "<" + "0" * space * 2 + ">"
        value = (f"<< /Type {kind} /Filter /Adobe.PPKLite /SubFilter /{subfilter} {dated} {extra} "
                 f"/ByteRange [0 ********** ********** **********] /Contents {hole} >>")
        if f"{number + 1} 0 R" not in self.fields:
            self.fields.append(f"{number + 1} 0 R")
            self.annotations.append(f"{number + 1} 0 R")
        target = value if direct else f"{number} 0 R"
        widget = (f"<< /Type /Annot /Subtype /Widget /FT /Sig /T ({name}) /Rect {rect} /F 132 /P 3 0 R {field} /V {target} >>")
        update = {3: self.page(), 5: self.form(), number + 1: widget, **(objects or {})}
        if not direct:
            update[number] = value
        if certify:
            update[1] = self.root()
        self.update(update)
        mark = b"(" if literal else b"<"
        start = self.data.index(b"/Contents " + mark + b"0000", here) + 10
        end = start + space * 2 + 2
        numbers = f"[0 {start} {end} {len(self.data) - end}]".encode()
        at = self.data.index(b"[0 **********", here)
        self.data[at:at + 36] = numbers + b" " * (36 - len(numbers))
        content = bytes(self.data[:start] + self.data[end:])
        made = make(content)
        self.data[start + 1:start + 1 + len(made) * 2] = made.hex().encode()
        return self

    def store(self, certs=(), crls=(), ocsps=(), packed=False):
        """Adds validation data."""
        number, lists, objects = 100 + self.size, {}, {}
        for key, items in (("Certs", certs), ("CRLs", crls), ("OCSPs", ocsps)):
            for item in items:
                objects[number] = stream(zlib.compress(item), "/Filter /FlateDecode") if packed else stream(item)
                lists.setdefault(key, []).append(f"{number} 0 R")
                number += 1
        self.catalogue += " /DSS << " + " ".join(f"/{k} [{' '.join(v)}]" for k, v in lists.items()) + " >>"
        return self.update({1: self.root(), **objects})

    def stamp(self, when="2024-03-05T00:00:00", party=None, number=60, name="cap", **options):
        return self.sign(lambda data: time_stamp(data, when, party), name, number, "ETSI.RFC3161", kind="/DocTimeStamp",
                         date=None, **options)


def stream(data, entries=""):
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def case(name, verdicts, pdf):
    data = bytes(pdf.data) if isinstance(pdf, PDF) else pdf
    with open(os.path.join(OUT, name + ".pdf"), "wb") as file:
        file.write(data)
    EXPECTED[name + ".pdf"] = verdicts if isinstance(verdicts[0], list) else [verdicts]


def by(party=SIGNER, **options):
    return lambda data: signed_data(party, data, **options)


GOOD, BAD, UNSURE = ["valid"], ["invalid"], ["cannot-tell"]
NOT_GOOD = ["invalid", "cannot-tell"]


def algorithms():
    case("plain", GOOD, PDF().sign(by()))
    case("prefix", GOOD, PDF(prefix=b"junk before the header\n").sign(by()))
    case("no-attributes", GOOD, PDF().sign(by(plain=True), subfilter="adbe.pkcs7.detached"))
    case("ski", GOOD, PDF().sign(by(ski=True)))
    case("sha3", GOOD + UNSURE, PDF().sign(by(name="sha3-256")))
    case("sha512", GOOD, PDF().sign(by(name="sha512")))
    case("pss-sha512", GOOD, PDF().sign(by(name="sha512", pss=True, salt=64)))
    case("pss-salt-20", GOOD, PDF().sign(by(pss=True, salt=20)))
    case("pss-mgf1-sha1", NOT_GOOD, PDF().sign(by(pss=True, mgf="sha1")))
    for curve, name in ((ec.SECP384R1(), "sha384"), (ec.SECP521R1(), "sha512"), (ec.BrainpoolP256R1(), "sha256")):
        case("curve-" + curve.name, GOOD, PDF().sign(by(Party("EC", CA, ec.generate_private_key(curve)), name=name)))
    case("curve-weak", NOT_GOOD, PDF().sign(by(Party("EC", CA, ec.generate_private_key(ec.SECP192R1())))))
    edwards = Party("Ed", CA, ed25519.Ed25519PrivateKey.generate())
    case("ed25519", GOOD + UNSURE, PDF().sign(by(edwards, name="sha512")))
    other = Party("Ed", CA, ed25519.Ed25519PrivateKey.generate())
    other.der, other.asn1 = edwards.der, edwards.asn1
    case("ed25519-other-key", BAD, PDF().sign(by(other, name="sha512")))
    case("ess-v1", GOOD, PDF().sign(by(named=False, extra=[ess(SIGNER, 1)])))
    case("ess-wrong", BAD, PDF().sign(by(named=CA)))
    case("ess-none-cades", NOT_GOOD, PDF().sign(by(named=False)))
    case("ess-none-adbe", GOOD, PDF().sign(by(named=False), subfilter="adbe.pkcs7.detached"))
    case("sha1-cades", NOT_GOOD, PDF().sign(by(name="sha1")))
    case("content-type-wrong", NOT_GOOD, PDF().sign(lambda data: signed_data(SIGNER, data, attributes=[
        {"type": "content_type", "values": ["signed_data"]},
        {"type": "message_digest", "values": [digest("sha256", data)]}, ess(SIGNER)])))
    case("no-message-digest", NOT_GOOD, PDF().sign(by(attributes=[{"type": "content_type", "values": ["data"]}, ess(SIGNER)])))
    case("no-certificate", NOT_GOOD, PDF().sign(by(certs=[])))
    case("attached", NOT_GOOD, PDF().sign(lambda data: signed_data(
        SIGNER, data, carried=core.OctetString(data[:500])), subfilter="adbe.pkcs7.detached", space=20000))


def chains():
    for name, verdicts, party in (
        ("not-yet", BAD, Party("X", CA, start="2060-01-01", end="2070-01-01")),
        ("path-length", NOT_GOOD, None),
        ("ku-encipher", BAD, Party("X", CA, ku={"key_encipherment"})),
        ("eku-tls", BAD, Party("X", CA, eku=[EKU.SERVER_AUTH])),
        ("eku-mail", GOOD, Party("X", CA, eku=[EKU.EMAIL_PROTECTION, EKU.CLIENT_AUTH], eku_critical=False)),
        ("eku-time", BAD, Party("X", CA, eku=[EKU.TIME_STAMPING])),
        ("critical", NOT_GOOD, Party("X", CA, extra=[(x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.9"), b"\x05\x00"), True)])),
        ("uncritical", GOOD, Party("X", CA, extra=[(x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.9"), b"\x05\x00"), False)])),
        ("from-tsa-root", UNSURE, Party("X", TROOT)),
    ):
        if party is None:
            second = Party("CA 2", CA, ca=True)
            case(name, verdicts, PDF().sign(by(Party("X", second), certs=[Party("X", second), second, CA])))
            leaf = Party("X", second)
            case(name, verdicts, PDF().sign(by(leaf, certs=[leaf, second, CA])))
        else:
            case(name, verdicts, PDF().sign(by(party)))
    limited = Party("CA batas", ROOT, ca=True, extra=[(x509.NameConstraints(None, [x509.DirectoryName(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "X")]))]), True)])
    leaf = Party("X", limited)
    case("name-constraints", NOT_GOOD, PDF().sign(by(leaf, certs=[leaf, limited])))
    no_sign = Party("CA tanpa", ROOT, ca=True, ku={"crl_sign"})
    leaf = Party("X", no_sign)
    case("issuer-key-usage", NOT_GOOD, PDF().sign(by(leaf, certs=[leaf, no_sign])))
    case("intermediate-in-dss", GOOD, PDF().sign(by(certs=[SIGNER])).store(certs=[CA.der], packed=True))
    case("claim-in-attribute", BAD, PDF().sign(by(signing_time=day("2019-03-01")), subfilter="adbe.pkcs7.detached"))
    case("claim-in-both", BAD, PDF().sign(by(signing_time=day("2024-03-01")), subfilter="adbe.pkcs7.detached",
                                           date="20190301100000+08'00'"))


def revocation():
    party = Party("X", CA, source="crl")
    stamped = lambda who=party, **o: PDF().sign(by(who, stamp=time_stamp, **o))
    case("crl-good", GOOD, stamped().store(crls=[crl(CA)]))
    case("crl-packed", GOOD, stamped().store(crls=[crl(CA)], packed=True))
    case("crl-in-cms", GOOD, stamped(crls=[crl(CA)]))
    inner = crl(CA)
    value = element(0x30, element(0xA0, element(0x30, inner)))
    attribute = {"type": "1.2.840.113583.1.1.8", "values": [core.Any.load(value)]}
    case("crl-archival", GOOD, stamped(extra=[attribute]))
    case("crl-before", UNSURE, stamped().store(crls=[crl(CA, issued="2024-01-01", until="2024-02-01")]))
    case("crl-current", GOOD, stamped().store(crls=[crl(CA, issued="2024-02-01", until="2024-04-01")]))
    case("crl-no-stamp", UNSURE, PDF().sign(by(party)).store(crls=[crl(CA)]))
    case("crl-today", GOOD, PDF().sign(by(party)).store(crls=[crl(CA, issued="2025-12-30", until="2026-02-01")]))
    case("crl-future", UNSURE, PDF().sign(by(party)).store(crls=[crl(CA, issued="2030-12-30", until="2031-02-01")]))
    case("crl-revoked", BAD, stamped().store(crls=[crl(CA, [(party, "2024-02-01")])]))
    case("crl-revoked-stale", BAD, stamped().store(crls=[
        crl(CA, [(party, "2023-02-01")], issued="2023-03-01", until="2023-04-01"), crl(CA)]))
    case("crl-revoked-later", GOOD, stamped().store(crls=[crl(CA, [(party, "2024-05-01")], issued="2024-06-01", until="2024-07-01")]))
    case("crl-revoked-later-no-stamp", NOT_GOOD, PDF().sign(by(party)).store(
        crls=[crl(CA, [(party, "2024-05-01")], issued="2024-06-01", until="2024-07-01")]))
    false_ca = Party("CA", ca=True)
    case("crl-forged", UNSURE, stamped().store(crls=[crl(false_ca)]))
    case("crl-of-root", UNSURE, stamped().store(crls=[crl(ROOT)]))
    point = lambda **o: x509.IssuingDistributionPoint(**{**dict(
        full_name=None, relative_name=None, only_contains_user_certs=False, only_contains_ca_certs=False, only_some_reasons=None,
        indirect_crl=False, only_contains_attribute_certs=False), **o})
    case("crl-only-ca", UNSURE, stamped().store(crls=[crl(CA, extra=[(point(only_contains_ca_certs=True), True)])]))
    case("crl-only-user", GOOD, stamped().store(crls=[crl(CA, extra=[(point(only_contains_user_certs=True), True)])]))
    case("crl-indirect", UNSURE, stamped().store(crls=[crl(CA, extra=[(point(indirect_crl=True), True)])]))
    elsewhere = [x509.UniformResourceIdentifier("http://y.invalid/other")]
    case("crl-elsewhere", UNSURE, stamped().store(crls=[crl(CA, extra=[(point(full_name=elsewhere), True)])]))
    case("crl-delta", UNSURE, stamped().store(crls=[crl(CA, extra=[(x509.DeltaCRLIndicator(1), True)])]))
    case("crl-critical", UNSURE, stamped().store(crls=[crl(CA, extra=[
        (x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.9"), b"\x05\x00"), True)])]))
    # An OCSP address, and who may answer.
    party = Party("X", CA, source="ocsp")
    responder = Party("R", CA, eku=[EKU.OCSP_SIGNING])
    stamped = lambda who=party, **o: PDF().sign(by(who, stamp=time_stamp, **o))
    case("ocsp-ca", GOOD, stamped().store(ocsps=[answer(party, CA, CA)]))
    case("ocsp-delegated", GOOD, stamped().store(ocsps=[answer(party, CA, responder)]))
    case("ocsp-no-purpose", UNSURE, stamped().store(ocsps=[answer(party, CA, Party("R", CA))]))
    case("ocsp-other-ca", UNSURE, stamped().store(ocsps=[answer(party, CA, Party("R", ROOT, eku=[EKU.OCSP_SIGNING]))]))
    case("ocsp-self", UNSURE, stamped().store(ocsps=[answer(party, CA, party)]))
    case("ocsp-expired-responder", UNSURE, stamped().store(ocsps=[
        answer(party, CA, Party("R", CA, eku=[EKU.OCSP_SIGNING], end="2023-01-01"))]))
    case("ocsp-other-certificate", UNSURE, stamped().store(ocsps=[answer(SIGNER, CA, CA)]))
    case("ocsp-unknown", UNSURE, stamped().store(ocsps=[answer(party, CA, CA, "unknown")]))
    case("ocsp-revoked", BAD, stamped().store(ocsps=[answer(party, CA, CA, "revoked", revoked="2024-02-01")]))
    case("ocsp-both", BAD, stamped().store(ocsps=[answer(party, CA, CA), answer(party, CA, CA, "revoked", revoked="2024-02-01")]))
    case("ocsp-stale", UNSURE, stamped().store(ocsps=[answer(party, CA, CA, issued="2024-01-01", until="2024-01-08")]))


def time_stamps():
    old = Party("X", CA, end="2024-12-01")
    for name, verdicts, stamp in (
        ("good", GOOD, time_stamp),
        ("late", BAD, lambda v: time_stamp(v, "2025-03-01T00:00:00")),
        ("future", NOT_GOOD, lambda v: time_stamp(v, "2033-03-01T00:00:00")),
        ("sha1-imprint", NOT_GOOD, lambda v: time_stamp(v, imprint="sha1")),
        ("other-bytes", NOT_GOOD, lambda v: time_stamp(v + b"x")),
        ("from-signer-root", NOT_GOOD, lambda v: time_stamp(v, party=Party("T", ROOT, eku=[EKU.TIME_STAMPING]))),
        ("uncritical", NOT_GOOD, lambda v: time_stamp(v, party=Party("T", TROOT, eku=[EKU.TIME_STAMPING], eku_critical=False))),
        ("more-uses", NOT_GOOD, lambda v: time_stamp(v, party=Party("T", TROOT, eku=[EKU.TIME_STAMPING, EKU.CLIENT_AUTH]))),
        ("no-use", NOT_GOOD, lambda v: time_stamp(v, party=Party("T", TROOT))),
        ("unnamed", NOT_GOOD, lambda v: time_stamp(v, named=False)),
        ("ended-before", NOT_GOOD, lambda v: time_stamp(v, party=Party("T", TROOT, eku=[EKU.TIME_STAMPING], end="2023-01-01"))),
    ):
        case("stamp-" + name, verdicts, PDF().sign(by(old, stamp=stamp)))
    ended = Party("T", TROOT, eku=[EKU.TIME_STAMPING], end="2024-06-01")
    case("stamp-ended", UNSURE, PDF().sign(by(old, stamp=lambda v: time_stamp(v, party=ended))))
    case("document-stamp", [GOOD, GOOD], PDF().sign(by(old)).stamp())
    case("document-stamp-late", [BAD, GOOD], PDF().sign(by(old)).stamp("2025-03-05T00:00:00"))
    case("document-stamp-before", [GOOD, UNSURE], PDF().stamp().sign(by(old), number=30))
    case("carried", [GOOD, GOOD], PDF().sign(by(old, stamp=lambda v: time_stamp(v, party=ended))).stamp())
    case("carried-too-late", [NOT_GOOD, GOOD], PDF().sign(by(old, stamp=lambda v: time_stamp(v, party=ended))).stamp(
        "2025-03-05T00:00:00"))
    case("carried-twice", [GOOD, GOOD, GOOD], PDF().sign(by(old)).stamp("2024-04-05T00:00:00", ended).stamp(
        "2024-05-05T00:00:00", number=70, name="cap2"))
    case("docmdp1-stamp", [GOOD, GOOD], PDF().sign(by(), certify=1).stamp())
    case("docmdp1-store", GOOD, PDF().sign(by(), certify=1).store(certs=[CA.der]))


def attacks():
    signed = lambda **o: PDF().sign(by(), **o)
    evil = stream(b"BT /F1 12 Tf 20 20 Td (93 persen) Tj ET")
    pdf = signed()
    pdf.data += b"4 0 obj\n" + evil + b"\nendobj\n"
    case("tail-objects", BAD, pdf)
    pdf = signed()
    pdf.data += b"4 0 obj\n" + evil + b"\nendobj\ntrailer << /Size 30 /Root 1 0 R >>\n"
    case("tail-trailer", BAD, pdf)
    pdf = signed()
    pdf.data += b"4 0 obj\n" + evil + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % pdf.last
    case("tail-old-startxref", BAD, pdf)
    pdf = signed()
    case("update-unlinked", BAD, pdf.update({**{k: v for k, v in pdf.objects.items()}, 4: evil}, link=False))
    pdf = PDF()
    first = pdf.last
    pdf.sign(by())
    case("update-skips", [[]], pdf.update({4: evil}, previous=first))
    case("update-content", BAD, signed().update({4: evil}))
    pdf = signed(certify=2)
    case("docmdp2-content", BAD, pdf.update({4: evil}))
    for number, text in (("null", "null"), ("zeros", "[0 0 0 0]"), ("empty", "[]"), ("huge", "[0 1 99999999999999999999 5]"), ("large", "[0 9223372036854775807 9223372036854775807 5]"),
                         ("text", "(0 1 2 3)"), ("reals", "[0.0 10.0 20.0 30.0]"), ("names", "[/a /b /c /d]")):
        pdf = signed()
        at = pdf.data.rindex(b"/ByteRange [")
        end = pdf.data.index(b"]", at) + 1
        pdf.data[at:end] = ("/ByteRange " + text).encode().ljust(end - at)
        # qpdf reads no object with a number that no machine word holds: then the file cannot be told, and counts none.
        case("range-" + number, [[]] if number == "huge" else NOT_GOOD, pdf)
    for name, text in (("null", b"null"), ("empty", b"<>"), ("zero", b"<00>"), ("text", b"(x)"), ("number", b"0")):
        pdf = signed()
        at = pdf.data.rindex(b"/Contents <") + 10
        end = pdf.data.index(b">", at) + 1
        pdf.data[at:end] = text.ljust(end - at)
        case("contents-" + name, NOT_GOOD, pdf)
    case("contents-literal", NOT_GOOD, PDF().sign(by(), literal=True))
    case("direct", GOOD, PDF().sign(by(), direct=True))
    pdf = signed()
    at = pdf.data.rindex(b"/SubFilter /ETSI.CAdES.detached")
    pdf.data[at:at + 31] = b"/SubFilter/ETSI.CAdES.detached "
    case("dictionary-changed", BAD, pdf)
    # A second field that borrows the signature of the first.
    pdf = signed()
    pdf.fields.append("40 0 R")
    pdf.annotations.append("40 0 R")
    borrowed = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (bupati) /Rect [0 0 0 0] /F 132 /P 3 0 R /V 20 0 R >>"
    case("borrowed", [BAD, BAD], pdf.update({3: pdf.page(), 5: pdf.form(), 40: borrowed}))
    # A renamed field.
    pdf = signed()
    case("renamed", BAD, pdf.update({21: pdf.objects[21].replace("(ttd)", "(bupati)")}))
    # An empty field that covers the page, as in the attack on certified documents.
    for level in (None, 2):
        pdf = signed(certify=level)
        pdf.fields.append("40 0 R")
        pdf.annotations.append("40 0 R")
        widget = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (b) /Rect [0 0 200 200] /F 4 /P 3 0 R /AP << /N 41 0 R >> >>"
        cover = stream(b"1 g 0 0 200 200 re f", "/Type /XObject /Subtype /Form /BBox [0 0 200 200]")
        case(f"empty-field-{level}", BAD, pdf.update({3: pdf.page(), 5: pdf.form(), 40: widget, 41: cover}))
    stranger = Party("BUPATI")
    case("second-self-signed", [GOOD, UNSURE], signed().sign(by(stranger, certs=[stranger]), "b", 30))
    case("second-docmdp1", [BAD, GOOD], signed(certify=1).sign(by(), "b", 30))
    case("second-docmdp2", [GOOD, GOOD], signed(certify=2).sign(by(), "b", 30))
    case("second-brings-content", [BAD, GOOD], signed().sign(by(), "b", 30, objects={4: evil}))
    case("second-takes-object", [BAD, GOOD], signed().sign(by(), "b", 30, objects={8: stream(b"x")}))
    case("second-certifies", [BAD, GOOD], signed().sign(by(), "b", 30, certify=2))
    filled = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (nomor) /Rect [10 10 90 20] /P 3 0 R /F 4 /V (470) /AP << /N 40 0 R >> >>"
    look = stream(b"BT (470) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 80 10]")
    for level, verdict in ((None, GOOD), (1, BAD), (2, GOOD), (3, GOOD)):
        case(f"filled-{level}", verdict, signed(certify=level).update({6: filled, 40: look}))
    lock = "/Reference [<< /TransformMethod /FieldMDP /TransformParams << /Action /{} /Fields [{}] >> >>]"
    for action, names, verdict in (("All", "", BAD), ("Include", "(nomor)", BAD), ("Include", "(lain)", GOOD),
                                   ("Exclude", "(nomor)", GOOD), ("Exclude", "(lain)", BAD)):
        case(f"lock-{action}-{names.strip('()')}", verdict, signed(extra=lock.format(action, names)).update({6: filled, 40: look}))
    case("lock-later-only", [GOOD, BAD], signed().sign(by(), "b", 30, extra=lock.format("All", "")).update({6: filled, 40: look}))
    double = PDF().page().replace("/Contents 4 0 R", "/Contents 40 0 R /Contents 4 0 R").replace("6 0 R]", "6 0 R 21 0 R]")
    case("key-twice", BAD, signed().update({3: double, 40: evil}))
    case("shadow-look", BAD, PDF().update({6: filled, 40: look}).sign(by()).update({40: stream(b"BT (999) Tj ET")}))
    case("moved", BAD, signed().update({6: filled.replace("90 20", "190 190"), 40: look}))
    pdf = signed()
    pdf.catalogue += " /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    case("script", BAD, pdf.update({1: pdf.root()}))
    pdf = signed()
    case("title", BAD, pdf.update({7: "<< /Title (Lain) >>"}))
    pdf = signed()
    case("date", GOOD, pdf.update({7: "<< /Title (Rencana) /ModDate (D:20250101000000Z) >>"}))
    pdf = signed()
    pdf.fields.remove("21 0 R")
    case("taken-out", [[]], pdf.update({5: pdf.form()}))


def visible(pdf, name, number, rect, text="QR", entries="", **options):
    """A visible signature, as providers make it: a picture (a QR code) and words in an appearance of its own."""
    picture = stream(bytes(i * 37 % 256 for i in range(64)),
                     "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8")
    look = stream(f"q 30 0 0 30 0 0 cm /Im Do Q BT /F1 6 Tf 32 10 Td ({text}) Tj ET".encode(),
                  f"/Type /XObject /Subtype /Form /BBox [0 0 90 30] /Resources << /XObject << /Im {number + 3} 0 R >> "
                  "/Font << /F1 8 0 R >> >>")
    return pdf.sign(by(), name, number, rect=rect, field=f"/AP << /N {number + 2} 0 R >> {entries}",
                    objects={number + 2: look, number + 3: picture}, **options)


def false_alarms():
    """What common programs do, and what no page and no meaning changes by: the signatures before it stay valid."""
    two, signed = [GOOD, GOOD], lambda **o: PDF().sign(by(), **o)
    # The form's defaults, set by a later signer, where no field is drawn by them, and where one is.
    for name, entries, own, verdict in (
        ("default-text", "/DA (/Helv 0 Tf 0 g)", "/DA (/F1 9 Tf 0 g) /AP << /N 9 0 R >>", GOOD),
        ("default-text-drawn", "/DA (/Helv 0 Tf 0 g)", "/V (470)", NOT_GOOD),
        ("resource-frm", "/DR << /XObject << /FRM 33 0 R >> >>", "/AP << /N 9 0 R >>", GOOD),
        ("resource-font", "/DR << /Font << /Fx 8 0 R >> >>", "/DA (/F1 9 Tf 0 g) /V (470)", GOOD),
        ("resource-font-drawn", "/DR << /Font << /Fx 8 0 R >> >>", "/DA (/Fx 9 Tf 0 g) /V (470)", NOT_GOOD),
        ("appearances-needed", "/NeedAppearances true", "/AP << /N 9 0 R >> /V (470)", NOT_GOOD),
    ):
        pdf = PDF()
        text = f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (nomor) /Rect [10 10 90 20] /P 3 0 R /F 4 {own} >>"
        pdf.update({6: text, 9: stream(b"", "/Type /XObject /Subtype /Form /BBox [0 0 80 10] /Resources << >>")})
        pdf.form_entries = "/DR << /XObject << /FRM 8 0 R >> >>" if name == "resource-frm" else ""
        pdf.sign(by())
        pdf.form_entries = entries
        case("later-" + name, [verdict, GOOD], visible(pdf, "kedua", 30, "[100 100 190 130]"))
    pdf = signed()
    pdf.blanks = b"\n"
    case("blanks-before-table", two, pdf.sign(by(), "kedua", 30))
    # A count that is too large hides nothing, one that is too small hides objects from some programs.
    for name, error, verdict in (("large", 1, GOOD), ("small", -20, BAD)):
        pdf = signed()
        pdf.size_error = error
        case("size-too-" + name, [verdict, GOOD], pdf.sign(by(), "kedua", 30))
    pdf = signed()
    pdf.box = "[0 0 200.0 200.00]"
    case("number-with-point", two, pdf.sign(by(), "kedua", 30))
    pdf = signed()
    pdf.root_number = 50
    case("catalogue-elsewhere", two, pdf.sign(by(), "kedua", 30, objects={50: pdf.root()}))
    pdf = signed()
    metadata = stream(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", "/Type /Metadata /Subtype /XML")
    pdf.catalogue += " /Metadata 70 0 R"
    case("metadata-of-stamp", two, pdf.stamp(objects={1: pdf.root(), 70: metadata}))
    for name, identifier in (("adobe", "1.2.840.113583.1.1.5"), ("microsoft", "1.3.6.1.4.1.311.10.3.12")):
        case("eku-" + name, GOOD, PDF().sign(by(Party("X", CA, eku=[ObjectIdentifier(identifier)]))))
    for name, kind, verdict in (("printable", "printable", GOOD), ("other", "other", BAD)):
        issuer = ax.Name.build({"common_name": "CA" if kind == "printable" else "CB"}, use_printable=True)
        named = {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [{
            "cert_hash": hashlib.sha256(SIGNER.der).digest(),
            "issuer_serial": {"issuer": [ax.GeneralName("directory_name", issuer)],
                              "serial_number": SIGNER.cert.serial_number}}]})]}
        case("issuer-" + name, verdict, PDF().sign(by(named=False, extra=[named])))
    # Notes under DocMDP 3: one that hides nothing, and such as hide.
    for name, entries, verdict in (
        ("small", "/Subtype /Text /Rect [10 180 30 200] /Contents (periksa)", GOOD),
        ("tiny", "/Subtype /Text /Rect [50 50 50 50] /Contents (periksa)", NOT_GOOD),
        ("large", "/Subtype /Text /Rect [10 10 190 190] /Contents (periksa)", NOT_GOOD),
        ("line", "/Subtype /StrikeOut /Rect [10 10 90 30] /QuadPoints [10 30 90 30 10 10 90 10]", NOT_GOOD),
        ("box", "/Subtype /Square /Rect [10 10 90 30] /IC [1 1 1]", NOT_GOOD),
    ):
        pdf = signed(certify=3)
        pdf.annotations.append("40 0 R")
        case("note-" + name, verdict, pdf.update({3: pdf.page(), 40: f"<< /Type /Annot {entries} /F 4 >>"}))


def providers():
    """Several visible signatures with QR codes, in the kinds of update that providers' programs write."""
    pdf = visible(PDF(), "kabag", 30, "[10 100 100 130]", "KABAG")
    pdf = visible(pdf, "sekda", 40, "[10 60 100 90]", "SEKDA")
    case("qr-three", [GOOD, GOOD, GOOD], visible(pdf, "bupati", 50, "[100 60 190 90]", "BUPATI"))
    # iText: a comment of the program's own before startxref.
    pdf = PDF().sign(by())
    pdf.update({90: "(x)"})
    at = pdf.data.rindex(b"startxref")
    pdf.data[at:at] = b"%iText-7.2.5\n"
    case("itext-like", [GOOD, GOOD], visible(pdf, "kedua", 30, "[100 100 190 130]"))
    # PDFBox: an update with a cross-reference stream that does not list itself.
    case("pdfbox-like", GOOD, streamed(PDF().sign(by())))
    case("packed-hidden", BAD, streamed(PDF().sign(by()), hidden=True))
    waiting = PDF()
    waiting.fields.append("31 0 R")
    waiting.annotations.append("31 0 R")
    empty = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (kedua) /Rect [100 100 190 130] /F 4 /P 3 0 R >>"
    waiting.update({3: waiting.page(), 5: waiting.form(), 31: empty})
    case("waiting-signed", [GOOD, GOOD], visible(waiting.sign(by()), "kedua", 30, "[100 100 190 130]"))


def streamed(pdf, hidden=False):
    """An update with an object stream and a cross-reference stream; one object more in it where something is hidden."""
    packed = [(91, b"(x)"), (4, b"(y)")] if hidden else [(91, b"(x)")]
    head, body = b"", b""
    for number, data in packed:
        head += b"%d %d " % (number, len(body))
        body += data + b" "
    objects = {92: stream(zlib.compress(head + body),
                          f"/Type /ObjStm /N {len(packed)} /First {len(head)} /Filter /FlateDecode")}
    place = len(pdf.data)
    pdf.data += b"92 0 obj\n" + objects[92] + b"\nendobj\n"
    table = len(pdf.data)
    rows = bytes([2]) + (92).to_bytes(4, "big") + bytes([0]) + bytes([1]) + place.to_bytes(4, "big") + bytes([0])
    data = zlib.compress(rows)
    pdf.data += b"93 0 obj\n" + stream(
        data, f"/Type /XRef /W [1 4 1] /Index [91 2] /Size 94 /Root 1 0 R /Info 7 0 R /Prev {pdf.last} /Filter /FlateDecode")
    pdf.data += b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % table
    return pdf


def deceptions():
    """Bytes behind the signed end that some programs follow and others do not: never valid."""
    evil = b"4 0 obj\n" + stream(b"BT /F1 12 Tf 20 20 Td (93 persen) Tj ET") + b"\nendobj\n"

    def update(edit, before=b"", after=b"", hidden=evil):
        pdf = PDF().sign(by())
        start = len(pdf.data)
        pdf.data += before + hidden
        pdf.update({90: "(x)"})
        pdf.data[start:] = edit(bytes(pdf.data[start:]))
        pdf.data += after
        return pdf

    same = lambda tail: tail
    case("hidden-object", BAD, update(same))
    case("hidden-then-blanks", BAD, update(same, after=b"\n" * 1100))
    case("blanks-only", BAD, update(same, hidden=b"", after=b"\n" * 1100))
    case("startxref-zero", BAD, update(lambda t: t.replace(b"startxref\n", b"startxref\0"), hidden=b""))
    case("startxref-padded", BAD, update(lambda t: t.replace(b"\n%%EOF", b" " * 900 + b"\n%%EOF"), hidden=b""))
    case("startxref-same-line", BAD, update(lambda t: t.replace(b"startxref\n", b"startxref "), hidden=b""))
    case("entry-wrong", BAD, update(lambda t: t.replace(b"90 1\n", b"8 1\n0000000007 00000 n \n90 1\n"), hidden=b""))
    inside = b"91 0 obj\n" + stream(b"\n" + evil.replace(b"endstream", b"").replace(b"endobj", b"")) + b"\nendobj\n"
    case("hidden-in-stream", BAD, update(same, hidden=inside))
    case("hidden-in-comment", BAD, update(same, hidden=b"%" + b"x\r4 0 obj (y) endobj\n"))
    case("update-plain", GOOD, update(same, hidden=b""))
    for name, length, verdict in (("after", 1, NOT_GOOD), ("before", -1, GOOD)):
        pdf = PDF(prefix=b"")
        head = b"%PDF-1.7\n99 0 obj\n<< /Linearized 1 /L 00000000 /H [1 2] /O 3 /E 4 /N 1 /T 5 >>\nendobj\n"
        pdf.data = bytearray(head)
        pdf.last = None
        pdf.update(pdf.base())
        whole = bytes(pdf.data)
        probe = len(PDF.sign(copy_of(pdf), by()).data)
        pdf.data = bytearray(whole.replace(b"/L 00000000", b"/L %08d" % (probe + length)))
        pdf.sign(by())
        pdf.data += b"\n"
        case("linearized-" + name, verdict, pdf)


def copy_of(pdf):
    """A copy that can be signed apart."""
    import copy
    return copy.deepcopy(pdf)


def authorities():
    """Responders, policies and purposes of issuers."""
    party = Party("X", CA, source="ocsp")
    responder = Party("R", CA, eku=[EKU.OCSP_SIGNING])
    stamped = lambda: PDF().sign(by(party, stamp=time_stamp))
    case("responder-revoked", NOT_GOOD, stamped().store(
        ocsps=[answer(party, CA, responder)], crls=[crl(CA, [(responder, "2024-01-01")])]))
    case("responder-not-revoked", GOOD, stamped().store(ocsps=[answer(party, CA, responder)], crls=[crl(CA)]))
    for name, eku, verdict in (("tls", [EKU.SERVER_AUTH], BAD), ("mail", [EKU.EMAIL_PROTECTION], GOOD),
                               ("any", [EKU.ANY_EXTENDED_KEY_USAGE], GOOD)):
        issuer = Party("CA " + name, ROOT, ca=True, path=0, eku=eku, eku_critical=False)
        leaf = Party("X", issuer)
        case("issuer-eku-" + name, verdict, PDF().sign(by(leaf, certs=[leaf, issuer])))
    strict = Party("CA ketat", ROOT, ca=True, path=0, extra=[(x509.PolicyConstraints(0, None), True)])
    leaf = Party("X", strict)
    case("policy-not-met", BAD, PDF().sign(by(leaf, certs=[leaf, strict])))
    policy = x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier("1.2.3.4.5"), None)])
    strict = Party("CA ketat", ROOT, ca=True, path=0, extra=[(x509.PolicyConstraints(0, None), True), (policy, False)])
    leaf = Party("X", strict, extra=[(policy, False)])
    case("policy-met", GOOD, PDF().sign(by(leaf, certs=[leaf, strict])))


def places():
    """Objects that are several things at once, and widgets that paint."""
    evil = stream(b"1 g 0 0 200 200 re f", "/Type /XObject /Subtype /Form /BBox [0 0 200 200]")

    def prepared(change):
        pdf = PDF()
        pdf.update(change(pdf))
        return pdf.sign(by())

    # The page tree listed as a field.
    def listed(pdf):
        pdf.fields.append("2 0 R")
        return {5: pdf.form()}
    pdf = prepared(listed)
    tree = "<< /Type /Pages /Kids [3 0 R 70 0 R] /Count 2 /FT /Sig /T (x) >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /FT /Sig /T (y) /V 30 0 R >>"
    case("tree-is-field", [GOOD + BAD, NOT_GOOD, GOOD + BAD], pdf.sign(by(), "kedua", 30, objects={2: tree, 70: page}))
    # A field that is also the page's list of pictures: filling it would draw something.
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (nomor) /Rect [10 10 90 20] /P 3 0 R /F 4 /V {} >>"
    pdf = PDF()
    pdf.page = lambda: PDF.page(pdf).replace("/Resources <<", "/Resources << /XObject 6 0 R")
    pdf.update({3: pdf.page(), 4: stream(b"/V Do"), 6: field.format("40 0 R"), 40: stream(b"", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")})
    pdf.sign(by())
    case("field-is-resource", BAD, pdf.update({6: field.format("41 0 R"), 41: evil}))
    for name, entries, verdict in (("stamp-paints", "/MK << /BG [1 1 1] >>", BAD), ("stamp-border", "/BS << /W 90 >>", BAD)):
        case(name, [verdict, GOOD], PDF().sign(by()).stamp(rect="[10 10 190 190]", field=entries))
    case("widget-paints", [BAD, GOOD], PDF().sign(by()).sign(by(), "kedua", 30, rect="[10 10 190 190]", field="/MK << /BG [1 1 1] >>"))
    # An appearance without a box, which PDFium draws over the whole page.
    over, form = b"1 0 0 rg -500 -500 2000 2000 re f", "/Type /XObject /Subtype /Form "
    for name, box, rect, verdict in (("none", "", "[100 100 190 130]", BAD), ("hidden", "", "[0 0 0 0]", BAD),
                                     ("odd", "/BBox [0 0 9]", "[100 100 190 130]", BAD),
                                     ("right", "/BBox [0 0 90 30]", "[100 100 190 130]", GOOD),
                                     ("empty", "/BBox [0 0 0 0]", "[0 0 0 0]", GOOD)):
        case("box-" + name, [verdict, GOOD], PDF().sign(by()).sign(
            by(), "kedua", 30, rect=rect, field="/AP << /N 32 0 R >>", objects={32: stream(over, form + box)}))
    # A button's state without its value.
    looks = "/AP << /N << /Ya 40 0 R /Tidak 41 0 R >> >>"
    button = "<< /Type /Annot /Subtype /Widget /FT /Btn /T (nomor) /Rect [10 10 90 20] /P 3 0 R /F 4 /V /Tidak /AS {} " + looks + " >>"
    pdf = PDF().update({6: button.format("/Tidak"), 40: evil, 41: evil}).sign(by())
    case("button-state-alone", BAD, pdf.update({6: button.format("/Ya")}))
    # An object that was signed and that nothing used: it may be broken or hidden.
    pdf = PDF().update({80: stream(b"(y)")}).sign(by())
    case("orphan-used", [BAD, GOOD], pdf.sign(by(), "kedua", 30, rect="[10 10 90 90]", field="/AP << /N 80 0 R >>"))


def pyhanko():
    """Files that pyHanko signs."""
    from pyhanko.keys import load_cert_from_pemder  # noqa: F401  (tells that the package is there)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.timestamps import DummyTimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    def simple(party):
        key = party.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        from asn1crypto.keys import PrivateKeyInfo
        registry = SimpleCertificateStore()
        registry.register_multiple([c.asn1 for c in CHAIN])
        return signers.SimpleSigner(signing_cert=party.asn1, signing_key=PrivateKeyInfo.load(key), cert_registry=registry)

    def stamper():
        key = TSA.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        from asn1crypto.keys import PrivateKeyInfo
        return DummyTimeStamper(tsa_cert=TSA.asn1, tsa_key=PrivateKeyInfo.load(key), fixed_dt=day("2024-03-01"))

    def go(data, name, **options):
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        meta = signers.PdfSignatureMetadata(field_name=name, md_algorithm="sha256", **options)
        return signers.PdfSigner(meta, simple(SIGNER), timestamper=stamper()).sign_pdf(writer).getvalue()

    base = bytes(PDF().data)
    pades = {"subfilter": fields.SigSeedSubFilter.PADES}
    one = go(base, "ttd1", **pades)
    case("pyhanko-one", GOOD, one)
    case("pyhanko-two", [GOOD, GOOD], go(one, "ttd2", **pades))
    certified = go(base, "ttd1", certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS, **pades)
    case("pyhanko-certified", GOOD, certified)
    case("pyhanko-certified-two", [GOOD, GOOD], go(certified, "ttd2", **pades))


os.makedirs(OUT, exist_ok=True)
for maker in (algorithms, chains, revocation, time_stamps, attacks, false_alarms, providers, deceptions, authorities, places,
              pyhanko):
    maker()
for name, party in (("root", ROOT), ("tsa-root", TROOT)):
    with open(os.path.join(OUT, name + ".pem"), "wb") as file:
        file.write(party.cert.public_bytes(serialization.Encoding.PEM))
with open(os.path.join(OUT, "expected.json"), "w") as file:
    json.dump(EXPECTED, file, indent=1)
