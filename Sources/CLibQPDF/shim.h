// qpdf 11: the structure of PDF files, through its C interface. Imported by `Signatures` and `TextExtraction` only.
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
