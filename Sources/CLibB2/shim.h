// libb2: BLAKE2b of any length, which libcrypto 3.0 has in 512 bits only. Imported by `Fixity` only.
#include <blake2.h>
#include <stdlib.h>

// The state is over-aligned by attributes that Swift does not read.
static inline void *berkas_blake2b_new(size_t length) {
    void *state = NULL;
    if (posix_memalign(&state, 64, sizeof(blake2b_state)) != 0) return NULL;
    if (blake2b_init((blake2b_state *)state, length) == 0) return state;
    free(state);
    return NULL;
}

static inline int berkas_blake2b_update(void *state, const void *bytes, size_t count) {
    return blake2b_update((blake2b_state *)state, (const uint8_t *)bytes, count);
}

static inline int berkas_blake2b_final(void *state, void *digest, size_t length) {
    return blake2b_final((blake2b_state *)state, (uint8_t *)digest, length);
}
