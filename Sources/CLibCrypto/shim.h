// OpenSSL 3 libcrypto: message digests. Imported by `Fixity` only.
#include <openssl/evp.h>
