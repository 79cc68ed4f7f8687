// libtiff 4: pixels of the kinds of TIFF that Leptonica leaves, tiles and planes among them. Imported by `TextExtraction`
// only.
#include <tiffio.h>
