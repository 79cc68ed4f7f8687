// OpenSSL 3 libcrypto: CMS, certificates, OCSP, CRLs and RFC 3161 time stamps. Imported by `Signatures` only.
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

// Seconds since 1970 of a time in either ASN.1 form; 0 where it is none.
static inline int berkas_asn1_time(const void *time, long long *seconds) {
    struct tm parts;
    if (time == NULL || ASN1_TIME_to_tm((const ASN1_TIME *)time, &parts) != 1) return 0;
    *seconds = (long long)timegm(&parts);
    return 1;
}

// The names of these calls are macros, which Swift does not see.
static inline X509 *berkas_x509_at(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
static inline int berkas_x509_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline STACK_OF(X509) *berkas_x509_stack(void) { return sk_X509_new_null(); }
static inline int berkas_x509_push(STACK_OF(X509) *stack, X509 *item) { return sk_X509_push(stack, item); }
static inline void berkas_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
static inline void berkas_x509_pop_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }
static inline STACK_OF(X509_CRL) *berkas_crl_stack(void) { return sk_X509_CRL_new_null(); }
static inline int berkas_crl_push(STACK_OF(X509_CRL) *stack, X509_CRL *item) { return sk_X509_CRL_push(stack, item); }
static inline void berkas_crl_stack_free(STACK_OF(X509_CRL) *stack) { sk_X509_CRL_free(stack); }
static inline int berkas_crl_count(const STACK_OF(X509_CRL) *stack) { return sk_X509_CRL_num(stack); }
static inline X509_CRL *berkas_crl_at(const STACK_OF(X509_CRL) *stack, int index) {
    return sk_X509_CRL_value(stack, index);
}
static inline void berkas_crl_pop_free(STACK_OF(X509_CRL) *stack) { sk_X509_CRL_pop_free(stack, X509_CRL_free); }
static inline int berkas_signer_count(const STACK_OF(CMS_SignerInfo) *stack) { return sk_CMS_SignerInfo_num(stack); }
static inline CMS_SignerInfo *berkas_signer_at(const STACK_OF(CMS_SignerInfo) *stack, int index) {
    return sk_CMS_SignerInfo_value(stack, index);
}
static inline int berkas_has_ocsp_address(X509 *certificate) {
    STACK_OF(OPENSSL_STRING) *addresses = X509_get1_ocsp(certificate);
    if (addresses == NULL) return 0;
    int count = sk_OPENSSL_STRING_num(addresses);
    X509_email_free(addresses);
    return count > 0;
}
static inline int berkas_extended_uses(X509 *certificate, const char *first, const char *second, int *total, int *named) {
    int critical = -1;
    EXTENDED_KEY_USAGE *uses = X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, NULL);
    if (uses == NULL) return critical == -1 ? 0 : -1;
    *total = sk_ASN1_OBJECT_num(uses);
    *named = 0;
    for (int index = 0; index < *total; index++) {
        char text[128];
        OBJ_obj2txt(text, sizeof text, sk_ASN1_OBJECT_value(uses, index), 1);
        if (strcmp(text, first) == 0 || strcmp(text, second) == 0) (*named)++;
    }
    sk_ASN1_OBJECT_pop_free(uses, ASN1_OBJECT_free);
    return critical ? 2 : 1;
}

// The object identifiers of an algorithm in dotted form; for RSASSA-PSS the digests of its parameters too.
static inline int berkas_pss_digest(const X509_ALGOR *algorithm, int *digest, int *mask) {
    const ASN1_OBJECT *object = NULL;
    const void *value = NULL;
    int type = 0;
    X509_ALGOR_get0(&object, &type, &value, algorithm);
    *digest = NID_sha1;
    *mask = NID_sha1;
    if (type != V_ASN1_SEQUENCE) return 0;
    const unsigned char *start = ASN1_STRING_get0_data((const ASN1_STRING *)value);
    RSA_PSS_PARAMS *parameters = d2i_RSA_PSS_PARAMS(NULL, &start, ASN1_STRING_length((const ASN1_STRING *)value));
    if (parameters == NULL) return 0;
    if (parameters->hashAlgorithm != NULL) {
        X509_ALGOR_get0(&object, NULL, NULL, parameters->hashAlgorithm);
        *digest = OBJ_obj2nid(object);
    }
    if (parameters->maskGenAlgorithm != NULL) {
        const void *inner = NULL;
        X509_ALGOR_get0(&object, &type, &inner, parameters->maskGenAlgorithm);
        if (type == V_ASN1_SEQUENCE) {
            const unsigned char *at = ASN1_STRING_get0_data((const ASN1_STRING *)inner);
            X509_ALGOR *hash = d2i_X509_ALGOR(NULL, &at, ASN1_STRING_length((const ASN1_STRING *)inner));
            if (hash != NULL) {
                X509_ALGOR_get0(&object, NULL, NULL, hash);
                *mask = OBJ_obj2nid(object);
                X509_ALGOR_free(hash);
            }
        }
    }
    RSA_PSS_PARAMS_free(parameters);
    return 1;
}
static inline int berkas_algorithm_nid(const X509_ALGOR *algorithm) {
    const ASN1_OBJECT *object = NULL;
    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    return OBJ_obj2nid(object);
}
static inline long long berkas_revoked_since(const X509_REVOKED *entry) {
    long long since = 0, doubtful = 0;
    if (!berkas_asn1_time(X509_REVOKED_get0_revocationDate(entry), &since)) return 0;
    ASN1_GENERALIZEDTIME *time = X509_REVOKED_get_ext_d2i(entry, NID_invalidity_date, NULL, NULL);
    if (time != NULL) {
        if (berkas_asn1_time(time, &doubtful) && doubtful < since) since = doubtful;
        ASN1_GENERALIZEDTIME_free(time);
    }
    return since;
}
static inline const EVP_MD *berkas_digest_kind(int nid) { return EVP_get_digestbynid(nid); }
static inline unsigned long berkas_name_form(void) { return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB; }
static inline EVP_MD_CTX *berkas_digest_begin(int nid) {
    const EVP_MD *kind = EVP_get_digestbynid(nid);
    if (kind == NULL) return NULL;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context != NULL && EVP_DigestInit_ex(context, kind, NULL) == 1) return context;
    EVP_MD_CTX_free(context);
    return NULL;
}
