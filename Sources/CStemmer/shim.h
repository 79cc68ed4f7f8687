// Snowball's stemmers 2 (https://snowballstem.org). Imported by `Catalogue` only.
#include <libstemmer.h>
