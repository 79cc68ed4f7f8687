// libwebp 1: pixels of WebP, moving ones too. Imported by `TextExtraction` only.
#include <webp/decode.h>
#include <webp/demux.h>
