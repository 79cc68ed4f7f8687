// libarchive 3: tar and zip containers with their filters. Imported by `Packaging` only.
#include <archive.h>
#include <archive_entry.h>
