// libheif 1: pixels of HEIC and AVIF. Imported by `TextExtraction` only.
#include <libheif/heif.h>
