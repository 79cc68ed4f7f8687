// zlib: gzip with its checksum and length looked at, which libarchive 3.6.2 leaves out. Imported by `Containers` only.
#include <zlib.h>
