// What has to happen between fork and exec, where Swift may not run, and what puts a program behind walls: Landlock, and
// the filter of system calls that `SystemCallFilter` makes through libseccomp.
// Imported by `BoundedProcess` only.
//
// Everything in the child is a system call: after fork(2) in a program with threads nothing else is allowed
// (signal-safety(7)).
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// Declared here: <unistd.h> does so under _GNU_SOURCE only, which would give types of other modules another form.
extern int pipe2(int ends[2], int flags);
#ifndef O_PATH
#define O_PATH 010000000
#endif

struct berkas_start {
    const char *program;
    char *const *words;
    char *const *environment;
    const char *folder;
    int input, output, errors;  // become 0, 1, 2
    int filter;                 // becomes 3, where bubblewrap reads it from; -1: none
    unsigned long long memory, file_size, open_files, cpu_seconds;
    const struct sock_filter *rules;  // the filter that is put in force before exec; NULL: none
    unsigned short rule_count;
    int wall;                         // Landlock's, put in force before exec; -1: none
};

// The steps that a start can fail at, in the order in which they are taken.
enum berkas_step {
    BERKAS_STEP_NONE, BERKAS_STEP_FORK, BERKAS_STEP_DESCRIPTORS, BERKAS_STEP_LIMITS, BERKAS_STEP_FOLDER,
    BERKAS_STEP_WALL, BERKAS_STEP_FILTER,
    BERKAS_STEP_EXEC
};

// MARK: - Landlock

// A wall around the file system that needs no right and no other program (landlock(7)). Numbers and forms are written
// out: the headers of the system may be older than its kernel.
struct berkas_landlock_rules {
    unsigned long long files, network, scope;
};
struct berkas_landlock_path {
    unsigned long long allowed;
    int parent;
} __attribute__((packed));

// The version that the kernel has; 0 or less where it has none.
static inline int berkas_landlock_version(void) { return (int)syscall(444, NULL, 0, 1u); }

// A wall without a door, for everything that this version knows: files, TCP, signals and abstract sockets to others.
// That a process behind it looks into none outside (ptrace(2), /proc/PID/mem) comes with any wall.
static inline int berkas_landlock_wall(int version) {
    const struct berkas_landlock_rules rules = {
        version >= 5 ? 0xFFFF : version >= 3 ? 0x7FFF : version == 2 ? 0x3FFF : 0x1FFF,
        version >= 4 ? 3 : 0,
        version >= 6 ? 3 : 0,
    };
    return (int)syscall(444, &rules, version >= 6 ? sizeof rules : version >= 4 ? 16u : 8u, 0u);
}

// A door: a file that may be read and run, or a folder with all below it. -1 where it cannot be opened.
static inline int berkas_landlock_door(int wall, const char *path) {
    const int file = open(path, O_PATH | O_CLOEXEC);
    struct stat status;
    if (file < 0) return -1;
    int result = fstat(file, &status);
    if (result == 0) {
        // To run, to read a file; to list a folder, which nothing but a folder can be allowed.
        const struct berkas_landlock_path door = {S_ISDIR(status.st_mode) ? 13 : 5, file};
        result = (int)syscall(445, wall, 1, &door, 0u);
    }
    close(file);
    return result;
}

// MARK: - The child

// In the child: says at which step it failed and ends.
static inline void berkas_give_up(int pipe_end, int step) {
    const int words[2] = {step, errno};
    ssize_t written = write(pipe_end, words, sizeof words);
    (void)written;
    _exit(127);
}

static inline int berkas_limit(int resource, unsigned long long most) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return -1;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > most) limit.rlim_max = most;
    limit.rlim_cur = limit.rlim_max;
    // A second between the signal that a program may catch and the one that it may not.
    if (resource == RLIMIT_CPU) limit.rlim_max += 1;
    return setrlimit(resource, &limit);
}

// Root's rights, which the wall does not take: nothing is left of them but to read files that belong to others, and the
// program that is started gets none back for being root's. For anybody else there is nothing to do.
static inline void berkas_drop_rights(void) {
    const struct { unsigned version; int process; } head = {0x20080522, 0};
    const unsigned search = 1u << 2;  // CAP_DAC_READ_SEARCH
    const struct { unsigned effective, permitted, inheritable; } rights[2] = {{search, search, search}, {0, 0, 0}};
    if (geteuid() != 0) return;
    // SECBIT_NOROOT, SECBIT_NO_SETUID_FIXUP and their locks; 47 and 2: to raise one in the ambient set.
    prctl(PR_SET_SECUREBITS, 0xF, 0, 0, 0);
    if (syscall(SYS_capset, &head, rights) == 0) prctl(47, 2, 2, 0, 0);
}

static inline void berkas_child(const struct berkas_start *start, int pipe_end, pid_t parent) {
    sigset_t none;
    // What this process ignores or blocks would be inherited.
    for (int number = 1; number < 65; number++) signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // A session of its own: a process group to kill, and no terminal to type into.
    if (setsid() < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) berkas_give_up(pipe_end, BERKAS_STEP_DESCRIPTORS);
    // The parent may have ended before that took effect.
    if (getppid() != parent) _exit(127);
    // First out of the way of 0 to 3, then into their places.
    int from[4] = {start->input, start->output, start->errors, start->filter};
    int count = start->filter < 0 ? 3 : 4;
    int last = fcntl(pipe_end, F_DUPFD_CLOEXEC, 16);
    int wall = start->wall < 0 ? -1 : fcntl(start->wall, F_DUPFD_CLOEXEC, 16);
    if (start->wall >= 0 && wall < 0) berkas_give_up(pipe_end, BERKAS_STEP_DESCRIPTORS);
    for (int place = 0; place < count; place++) {
        from[place] = fcntl(from[place], F_DUPFD_CLOEXEC, 16);
        if (from[place] < 0 || last < 0) berkas_give_up(pipe_end, BERKAS_STEP_DESCRIPTORS);
    }
    for (int place = 0; place < count; place++) {
        if (dup2(from[place], place) < 0) berkas_give_up(last, BERKAS_STEP_DESCRIPTORS);
    }
    // 4 is CLOSE_RANGE_CLOEXEC (linux/close_range.h).
    if (syscall(SYS_close_range, (unsigned)count, ~0U, 4) != 0) berkas_give_up(last, BERKAS_STEP_DESCRIPTORS);
    umask(077);
    if (chdir(start->folder) != 0) berkas_give_up(last, BERKAS_STEP_FOLDER);
    if (berkas_limit(RLIMIT_CORE, 0) != 0 || berkas_limit(RLIMIT_AS, start->memory) != 0
        || berkas_limit(RLIMIT_FSIZE, start->file_size) != 0 || berkas_limit(RLIMIT_NOFILE, start->open_files) != 0
        || berkas_limit(RLIMIT_CPU, start->cpu_seconds) != 0)
        berkas_give_up(last, BERKAS_STEP_LIMITS);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) berkas_give_up(last, BERKAS_STEP_FILTER);
    if (start->rules != NULL) berkas_drop_rights();
    if (wall >= 0 && syscall(446, wall, 0u) != 0) berkas_give_up(last, BERKAS_STEP_WALL);
    if (start->rules != NULL) {
        struct sock_fprog filter = {start->rule_count, (struct sock_filter *)start->rules};
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) berkas_give_up(last, BERKAS_STEP_FILTER);
    }
    execve(start->program, start->words, start->environment);
    berkas_give_up(last, BERKAS_STEP_EXEC);
}

// Starts a program. Returns its process id; or -1 with the step in `step` and the reason in `reason`.
//
// The child gets SIGKILL when the *thread* that called this ends (prctl(2), PR_SET_PDEATHSIG): the caller stays on it.
static inline pid_t berkas_start_program(const struct berkas_start *start, int *step, int *reason) {
    int ends[2];
    *step = BERKAS_STEP_FORK;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        *reason = errno;
        return -1;
    }
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) berkas_child(start, ends[1], parent);
    *reason = errno;
    close(ends[1]);
    if (child > 0) {
        int words[2] = {BERKAS_STEP_NONE, 0};
        ssize_t count;
        do count = read(ends[0], words, sizeof words);
        while (count < 0 && errno == EINTR);
        if (count != 0) {
            int status;
            while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
            }
            *step = count == (ssize_t)sizeof words ? words[0] : BERKAS_STEP_FORK;
            *reason = words[1];
            close(ends[0]);
            return -1;
        }
        *step = BERKAS_STEP_NONE;
    }
    close(ends[0]);
    return child;
}

// A descriptor that tells when the process ends (pidfd_open(2)); closed on exec by nature.
static inline int berkas_watch(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// A file in memory without a name (memfd_create(2)), closed on exec.
static inline int berkas_memory_file(void) { return (int)syscall(SYS_memfd_create, "berkas", 1u /* MFD_CLOEXEC */); }
