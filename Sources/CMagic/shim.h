// libmagic 5: what kind of file some bytes are. Imported by `TextExtraction` only.
#include <magic.h>
