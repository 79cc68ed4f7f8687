// libxlsxwriter: spreadsheets in Office Open XML. Imported by `Reporting` only.
#include <xlsxwriter.h>
