// Leptonica 1: pictures in the formats that tesseract reads, which brings it along. Imported by `TextExtraction` only.
#include <leptonica/allheaders.h>
