// libarchive 3: tar and zip containers with their filters. Imported by `Containers`, which reads, and `Packaging`, which writes.
#include <archive.h>
#include <archive_entry.h>
