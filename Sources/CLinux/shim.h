// Calls of Linux that glibc declares under _GNU_SOURCE only, which Swift's Glibc module does not define.
// Imported by `FileSafety` only.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>

// Declared here and not by <unistd.h>, whose feature macros were settled before this header was read.
extern int syncfs(int fd);

static inline int berkas_syncfs(int fd) { return syncfs(fd); }

extern int sync_file_range(int fd, __off64_t offset, __off64_t count, unsigned int flags);

// SYNC_FILE_RANGE_WRITE is 2 (include/uapi/linux/fs.h).
static inline int berkas_start_writeback(int fd) { return sync_file_range(fd, 0, 0, 2); }

#include <sys/syscall.h>

extern long syscall(long number, ...);

// Names of a folder in the kernel's own form (struct linux_dirent64), many a call, without the buffer that opendir makes.
static inline long berkas_getdents(int fd, void *buffer, unsigned long size) {
    return syscall(SYS_getdents64, fd, buffer, size);
}

// Copies from the position of one file to that of another within the kernel; blocks are shared where the file system can.
static inline long berkas_copy_range(int from, int to, unsigned long size) {
    return syscall(SYS_copy_file_range, from, (void *)0, to, (void *)0, size, 0);
}
