// What has to happen between fork and exec, where Swift may not run, and the filter of system calls that goes with it.
// Imported by `BoundedProcess` only.
//
// Everything in the child is a system call: after fork(2) in a program with threads nothing else is allowed
// (signal-safety(7)).
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// Declared here: <unistd.h> does so under _GNU_SOURCE only, which would give types of other modules another form.
extern int pipe2(int ends[2], int flags);

struct berkas_start {
    const char *program;
    char *const *words;
    char *const *environment;
    const char *folder;
    int input, output, errors;  // become 0, 1, 2
    int filter;                 // becomes 3, where bubblewrap reads it from; -1: none
    unsigned long long memory, file_size, open_files, cpu_seconds;
    int is_filtered;            // 1: the filter below is put in force before exec
    int may_thread;
};

// The steps that a start can fail at, in the order in which they are taken.
enum berkas_step {
    BERKAS_STEP_NONE, BERKAS_STEP_FORK, BERKAS_STEP_DESCRIPTORS, BERKAS_STEP_LIMITS, BERKAS_STEP_FOLDER,
    BERKAS_STEP_FILTER, BERKAS_STEP_EXEC
};

#if defined(__x86_64__)
#define BERKAS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define BERKAS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the filter of system calls knows x86_64 and aarch64"
#endif

#define BERKAS_LOAD(field) {BPF_LD | BPF_W | BPF_ABS, 0, 0, (unsigned)offsetof(struct seccomp_data, field)}
#define BERKAS_LOAD_ARGUMENT(n, half) \
    {BPF_LD | BPF_W | BPF_ABS, 0, 0, (unsigned)(offsetof(struct seccomp_data, args[n]) + 4 * (half))}
#define BERKAS_ANSWER(answer) {BPF_RET | BPF_K, 0, 0, (answer)}
#define BERKAS_ERROR(number) BERKAS_ANSWER(SECCOMP_RET_ERRNO | (number))
// One call refused outright: two instructions.
#define BERKAS_REFUSE(call, number) {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (unsigned)(call)}, BERKAS_ERROR(number)

// Writes the filter into memory that holds 256 instructions; returns how many there are.
//
// Refused: whatever opens a socket, starts a process, signals or looks into another one, changes a file, a name, an
// attribute or a mount, opens a file for writing, or raises a limit. What is left reads files and writes to the
// descriptors that it was given. Old calls that only x86_64 has are refused with the new ones.
static inline unsigned short berkas_filter(struct sock_filter *place, int may_thread) {
    const struct sock_filter rules[] = {
        BERKAS_LOAD(arch),
        {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, BERKAS_ARCHITECTURE},
        BERKAS_ANSWER(SECCOMP_RET_KILL_PROCESS),
        BERKAS_LOAD(nr),
#if defined(__x86_64__)
        // The x32 calls, which would be a way round.
        {BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000}, BERKAS_ERROR(ENOSYS),
        BERKAS_REFUSE(SYS_fork, EPERM), BERKAS_REFUSE(SYS_vfork, EPERM), BERKAS_REFUSE(SYS_creat, EACCES),
        BERKAS_REFUSE(SYS_unlink, EACCES), BERKAS_REFUSE(SYS_rename, EACCES), BERKAS_REFUSE(SYS_mkdir, EACCES),
        BERKAS_REFUSE(SYS_rmdir, EACCES), BERKAS_REFUSE(SYS_link, EACCES), BERKAS_REFUSE(SYS_symlink, EACCES),
        BERKAS_REFUSE(SYS_mknod, EACCES), BERKAS_REFUSE(SYS_chmod, EACCES), BERKAS_REFUSE(SYS_chown, EACCES),
        BERKAS_REFUSE(SYS_lchown, EACCES), BERKAS_REFUSE(SYS_utime, EACCES), BERKAS_REFUSE(SYS_utimes, EACCES),
        BERKAS_REFUSE(SYS_futimesat, EACCES), BERKAS_REFUSE(SYS_renameat, EACCES),
        BERKAS_REFUSE(SYS_modify_ldt, EPERM), BERKAS_REFUSE(SYS_iopl, EPERM), BERKAS_REFUSE(SYS_ioperm, EPERM),
#endif
        // The network, and what reaches it round about.
        BERKAS_REFUSE(SYS_socket, EACCES), BERKAS_REFUSE(SYS_socketpair, EACCES), BERKAS_REFUSE(SYS_connect, EACCES),
        BERKAS_REFUSE(SYS_bind, EACCES), BERKAS_REFUSE(SYS_io_uring_setup, ENOSYS),
        // Other processes. clone3 hides its flags in memory: without it the C library takes clone.
        BERKAS_REFUSE(SYS_clone3, ENOSYS), BERKAS_REFUSE(SYS_kill, EPERM), BERKAS_REFUSE(SYS_tkill, EPERM),
        BERKAS_REFUSE(SYS_tgkill, EPERM), BERKAS_REFUSE(SYS_rt_sigqueueinfo, EPERM),
        BERKAS_REFUSE(SYS_rt_tgsigqueueinfo, EPERM), BERKAS_REFUSE(SYS_pidfd_open, EPERM),
        BERKAS_REFUSE(SYS_pidfd_send_signal, EPERM), BERKAS_REFUSE(SYS_pidfd_getfd, EPERM),
        BERKAS_REFUSE(SYS_ptrace, EPERM), BERKAS_REFUSE(SYS_process_vm_readv, EPERM),
        BERKAS_REFUSE(SYS_process_vm_writev, EPERM), BERKAS_REFUSE(SYS_setsid, EPERM),
        BERKAS_REFUSE(SYS_setpgid, EPERM), BERKAS_REFUSE(SYS_setpriority, EPERM),
        BERKAS_REFUSE(SYS_sched_setscheduler, EPERM), BERKAS_REFUSE(SYS_sched_setattr, EPERM),
        BERKAS_REFUSE(SYS_setrlimit, EPERM), BERKAS_REFUSE(SYS_shmget, EPERM), BERKAS_REFUSE(SYS_msgget, EPERM),
        BERKAS_REFUSE(SYS_semget, EPERM), BERKAS_REFUSE(SYS_mq_open, EPERM), BERKAS_REFUSE(SYS_memfd_create, EPERM),
        // Files and names.
        BERKAS_REFUSE(SYS_unlinkat, EACCES), BERKAS_REFUSE(SYS_renameat2, EACCES), BERKAS_REFUSE(SYS_mkdirat, EACCES),
        BERKAS_REFUSE(SYS_linkat, EACCES), BERKAS_REFUSE(SYS_symlinkat, EACCES), BERKAS_REFUSE(SYS_mknodat, EACCES),
        BERKAS_REFUSE(SYS_fchmod, EACCES), BERKAS_REFUSE(SYS_fchmodat, EACCES), BERKAS_REFUSE(SYS_fchown, EACCES),
        BERKAS_REFUSE(SYS_fchownat, EACCES), BERKAS_REFUSE(SYS_truncate, EACCES),
        BERKAS_REFUSE(SYS_utimensat, EACCES), BERKAS_REFUSE(SYS_setxattr, EACCES),
        BERKAS_REFUSE(SYS_lsetxattr, EACCES), BERKAS_REFUSE(SYS_fsetxattr, EACCES),
        BERKAS_REFUSE(SYS_removexattr, EACCES), BERKAS_REFUSE(SYS_lremovexattr, EACCES),
        BERKAS_REFUSE(SYS_fremovexattr, EACCES), BERKAS_REFUSE(SYS_openat2, ENOSYS),
        BERKAS_REFUSE(SYS_open_by_handle_at, EPERM), BERKAS_REFUSE(SYS_flock, EACCES),
        // The system itself.
        BERKAS_REFUSE(SYS_mount, EPERM), BERKAS_REFUSE(SYS_umount2, EPERM), BERKAS_REFUSE(SYS_pivot_root, EPERM),
        BERKAS_REFUSE(SYS_chroot, EPERM), BERKAS_REFUSE(SYS_unshare, EPERM), BERKAS_REFUSE(SYS_setns, EPERM),
        BERKAS_REFUSE(SYS_bpf, EPERM), BERKAS_REFUSE(SYS_perf_event_open, EPERM),
        BERKAS_REFUSE(SYS_userfaultfd, EPERM), BERKAS_REFUSE(SYS_keyctl, EPERM), BERKAS_REFUSE(SYS_add_key, EPERM),
        BERKAS_REFUSE(SYS_request_key, EPERM), BERKAS_REFUSE(SYS_reboot, EPERM), BERKAS_REFUSE(SYS_swapon, EPERM),
        BERKAS_REFUSE(SYS_swapoff, EPERM), BERKAS_REFUSE(SYS_sethostname, EPERM),
        BERKAS_REFUSE(SYS_settimeofday, EPERM), BERKAS_REFUSE(SYS_clock_settime, EPERM),
        BERKAS_REFUSE(SYS_init_module, EPERM), BERKAS_REFUSE(SYS_finit_module, EPERM),
        BERKAS_REFUSE(SYS_kexec_load, EPERM), BERKAS_REFUSE(SYS_acct, EPERM), BERKAS_REFUSE(SYS_quotactl, EPERM),
        BERKAS_REFUSE(SYS_fsopen, EPERM), BERKAS_REFUSE(SYS_open_tree, EPERM), BERKAS_REFUSE(SYS_move_mount, EPERM),
        // clone: threads only, where threads are wanted.
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (unsigned)SYS_clone},
        BERKAS_LOAD_ARGUMENT(0, 0),
        {BPF_JMP | BPF_JSET | BPF_K, may_thread ? 0 : 1, 1, 0x00010000},  // CLONE_THREAD
        BERKAS_ANSWER(SECCOMP_RET_ALLOW),
        BERKAS_ERROR(EPERM),
        // prlimit64: looking is allowed, which is what a null third argument means.
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 6, (unsigned)SYS_prlimit64},
        BERKAS_LOAD_ARGUMENT(2, 0),
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0},
        BERKAS_LOAD_ARGUMENT(2, 1),
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0},
        BERKAS_ANSWER(SECCOMP_RET_ALLOW),
        BERKAS_ERROR(EPERM),
        // open and openat: for reading only.
#if defined(__x86_64__)
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (unsigned)SYS_open},
        BERKAS_LOAD_ARGUMENT(1, 0),
        {BPF_JMP | BPF_JSET | BPF_K, 0, 1, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND},
        BERKAS_ERROR(EACCES),
        BERKAS_ANSWER(SECCOMP_RET_ALLOW),
#endif
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, (unsigned)SYS_openat},
        BERKAS_LOAD_ARGUMENT(2, 0),
        {BPF_JMP | BPF_JSET | BPF_K, 0, 1, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND},
        BERKAS_ERROR(EACCES),
        BERKAS_ANSWER(SECCOMP_RET_ALLOW),
    };
    const unsigned short count = sizeof rules / sizeof rules[0];
    _Static_assert(sizeof rules / sizeof rules[0] <= 256, "berkas_filter's callers hold 256 instructions");
    for (unsigned short i = 0; i < count; i++) place[i] = rules[i];
    return count;
}

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

static inline void berkas_child(const struct berkas_start *start, int pipe_end, pid_t parent, struct sock_fprog *filter) {
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
    if (start->is_filtered && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter) != 0)
        berkas_give_up(last, BERKAS_STEP_FILTER);
    execve(start->program, start->words, start->environment);
    berkas_give_up(last, BERKAS_STEP_EXEC);
}

// Starts a program. Returns its process id; or -1 with the step in `step` and the reason in `reason`.
//
// The child gets SIGKILL when the *thread* that called this ends (prctl(2), PR_SET_PDEATHSIG): the caller stays on it.
static inline pid_t berkas_start_program(const struct berkas_start *start, int *step, int *reason) {
    struct sock_filter rules[256];
    struct sock_fprog filter = {berkas_filter(rules, start->may_thread), rules};
    int ends[2];
    *step = BERKAS_STEP_FORK;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        *reason = errno;
        return -1;
    }
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) berkas_child(start, ends[1], parent, &filter);
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
