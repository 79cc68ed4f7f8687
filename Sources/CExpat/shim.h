// Expat 2: XML as a stream of calls. Imported by `TextExtraction` only.
#include <expat.h>
