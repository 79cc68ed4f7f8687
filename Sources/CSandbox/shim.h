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
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// Declared here: <unistd.h> does so under _GNU_SOURCE only, which would give types of other modules another form.
extern int pipe2(int ends[2], int flags);
extern pid_t _Fork(void);
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
    // A process group of its own to kill, in the keeper's session, which has no terminal to type into.
    if (setpgid(0, 0) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) berkas_give_up(pipe_end, BERKAS_STEP_DESCRIPTORS);
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

// MARK: - The keeper

// In the keeper, which stands between the reader and what it starts: waits until the program ends, or until nobody holds
// the other end of the pipe `life` any more, which is how a reader ends it, and how the kernel tells that a reader is
// gone, whatever ended it. Then it ends what is left, waits for all of it, and ends as the program did.
//
// What a parent's death alone ends is not enough: bubblewrap's process inside has no such tie before it has set up all
// walls, and waits for ever where bubblewrap is killed at that time.
static inline void berkas_keep(pid_t child, int life) {
    const int watch = (int)syscall(SYS_pidfd_open, child, 0);
    for (;;) {
        struct pollfd places[2] = {{life, POLLIN, 0}, {watch, POLLIN, 0}};
        siginfo_t ended = {0};
        if (poll(places, 2, watch < 0 ? 5 : -1) > 0 && places[0].revents != 0) break;
        // Looked at and not reaped: until then the group's number is nobody else's.
        if (waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_signo != 0) break;
    }
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    int status = 0, one;
    for (;;) {
        // What lost its parent is ours: see PR_SET_CHILD_SUBREAPER below.
        const pid_t process = waitpid(-1, &one, 0);
        if (process == child) status = one;
        if (process < 0 && errno != EINTR) break;
    }
    if (WIFSIGNALED(status)) {
        const struct rlimit none = {0, 0};
        sigset_t signals;
        sigemptyset(&signals);
        setrlimit(RLIMIT_CORE, &none);
        kill(getpid(), WTERMSIG(status));
        sigprocmask(SIG_SETMASK, &signals, NULL);
    }
    _exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

static inline void berkas_keeper(const struct berkas_start *start, int pipe_end, int life) {
    sigset_t all;
    for (int number = 1; number < 65; number++) signal(number, SIG_DFL);
    // Nothing that can be refused ends a keeper before its program.
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    prctl(PR_SET_NAME, "sandbox-keeper");
    if (setsid() < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) berkas_give_up(pipe_end, BERKAS_STEP_DESCRIPTORS);
    const pid_t self = getpid();
    // fork(3) may not be called here (signal-safety(7)); _Fork(3) may.
    const pid_t child = _Fork();
    if (child == 0) berkas_child(start, pipe_end, self);
    if (child < 0) berkas_give_up(pipe_end, BERKAS_STEP_FORK);
    // Above all the other end of `life`, which was inherited too, and those of other programs.
    if (dup2(life, 0) != 0 || syscall(SYS_close_range, 1, ~0U, 0) != 0) {
        kill(child, SIGKILL);
        berkas_give_up(pipe_end, BERKAS_STEP_DESCRIPTORS);
    }
    if (chdir("/") != 0) kill(child, SIGKILL);
    berkas_keep(child, 0);
}

// Starts a program under a keeper. Returns the keeper's process id, with the end of its pipe in `life`; or -1 with the
// step in `step` and the reason in `reason`.
//
// The keeper ends as the program does. The program and all that it starts end when `life` is closed, by whatever.
static inline pid_t berkas_start_program(const struct berkas_start *start, int *life, int *step, int *reason) {
    int ends[2], lives[2];
    *step = BERKAS_STEP_FORK;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        *reason = errno;
        return -1;
    }
    if (pipe2(lives, O_CLOEXEC) != 0) {
        *reason = errno;
        close(ends[0]);
        close(ends[1]);
        return -1;
    }
    const pid_t keeper = fork();
    if (keeper == 0) berkas_keeper(start, ends[1], lives[0]);
    *reason = errno;
    close(ends[1]);
    close(lives[0]);
    if (keeper > 0) {
        int words[2] = {BERKAS_STEP_NONE, 0};
        char came[sizeof words];
        ssize_t count;
        do count = read(ends[0], came, sizeof came);
        while (count < 0 && errno == EINTR);
        close(ends[0]);
        // One that died while it wrote sends less. The copy's length is checked where the program runs (FORTIFY).
        if (count > 0) memcpy(words, came, (size_t)count);
        if (count != 0) {
            int status;
            close(lives[1]);
            while (waitpid(keeper, &status, 0) < 0 && errno == EINTR) {
            }
            *step = count == (ssize_t)sizeof words ? words[0] : BERKAS_STEP_FORK;
            *reason = words[1];
            return -1;
        }
        *step = BERKAS_STEP_NONE;
        *life = lives[1];
        return keeper;
    }
    close(ends[0]);
    close(lives[1]);
    return -1;
}

// MARK: - A helper that forks for each file

// What one file may use.
struct berkas_order {
    unsigned long long memory, open_files, cpu_seconds;
};

// What the helper says of a file: first that its process runs, with a descriptor of that; then how it ended.
struct berkas_answer {
    int step, reason;  // why none runs
    int status;        // as wait(2) gives it
    long long microseconds;
};

#define BERKAS_MOST_FILES 8

// Sends words with descriptors. -1 where they cannot be sent; a socket whose other end is closed is no signal.
static inline ssize_t berkas_send(int socket, const void *words, size_t size, const int *files, unsigned count) {
    union { char bytes[CMSG_SPACE(sizeof(int) * BERKAS_MOST_FILES)]; struct cmsghdr head; } control = {{0}};
    struct iovec part = {(void *)words, size};
    struct msghdr message = {0};
    ssize_t sent;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (count > BERKAS_MOST_FILES) return -1;
    if (count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * count);
        __builtin_memcpy(CMSG_DATA(head), files, sizeof(int) * count);
    }
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent;
}

// Receives words with at most `BERKAS_MOST_FILES` descriptors. 0 where the other end is closed, -1 on an error.
static inline ssize_t berkas_receive(int socket, void *words, size_t size, int *files, unsigned *count, int flags) {
    union { char bytes[CMSG_SPACE(sizeof(int) * BERKAS_MOST_FILES)]; struct cmsghdr head; } control = {{0}};
    struct iovec part = {words, size};
    struct msghdr message = {0};
    ssize_t came;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    *count = 0;
    do came = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | flags);
    while (came < 0 && errno == EINTR);
    if (came < 0) return came;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head != NULL; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        const unsigned more = (unsigned)((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (unsigned index = 0; index < more && *count < BERKAS_MOST_FILES; index++) {
            __builtin_memcpy(&files[(*count)++], CMSG_DATA(head) + index * sizeof(int), sizeof(int));
        }
    }
    return came;
}

// A pair of sockets that keep messages whole, closed on exec. 0, or -1.
static inline int berkas_sockets(int ends[2]) { return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends); }

// In the process of one file: its descriptors, its limits, its filter. Of the helper's descriptors none is left.
static inline int berkas_serve_one(const struct berkas_order *order, const int *files, pid_t helper,
                                   const struct sock_filter *rules, unsigned short rule_count) {
    struct sock_fprog filter = {rule_count, (struct sock_filter *)rules};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != helper) return -1;
    for (int place = 0; place < 3; place++) {
        if (dup2(files[place], place) < 0) return -1;
    }
    if (syscall(SYS_close_range, 3, ~0U, 0) != 0) return -1;
    if (berkas_limit(RLIMIT_CORE, 0) != 0 || berkas_limit(RLIMIT_FSIZE, 0) != 0
        || berkas_limit(RLIMIT_AS, order->memory) != 0 || berkas_limit(RLIMIT_NOFILE, order->open_files) != 0
        || berkas_limit(RLIMIT_CPU, order->cpu_seconds) != 0)
        return -1;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

// The helper's whole life: takes files from the socket 0, forks for each, and says how each ended. It reads none of them.
//
// Returns in the process of each file only, behind all walls, with the file as descriptor 0. The helper itself ends when
// the other end of its socket is closed, and its children end with it.
static inline void berkas_serve(const struct sock_filter *rules, unsigned short rule_count) {
    struct { pid_t process; int watch, answer; } running[16];
    const int most = sizeof running / sizeof running[0];
    const pid_t helper = getpid();
    int count = 0;
    for (;;) {
        struct pollfd places[17];
        for (int index = 0; index < count; index++) {
            places[index].fd = running[index].watch;
            places[index].events = POLLIN;
            places[index].revents = 0;
        }
        places[count].fd = count < most ? 0 : -1;
        places[count].events = POLLIN;
        places[count].revents = 0;
        if (poll(places, (nfds_t)count + 1, -1) < 0) {
            if (errno == EINTR) continue;
            _exit(1);
        }
        const int asked = places[count].revents;
        for (int index = count - 1; index >= 0; index--) {
            struct berkas_answer answer = {0};
            struct rusage used = {0};
            if (places[index].revents == 0) continue;
            if (wait4(running[index].process, &answer.status, 0, &used) != running[index].process) _exit(1);
            answer.microseconds = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec
                + used.ru_stime.tv_usec;
            // Whoever asked may be gone: then nobody wants to know.
            berkas_send(running[index].answer, &answer, sizeof answer, NULL, 0);
            close(running[index].watch);
            close(running[index].answer);
            running[index] = running[--count];
        }
        if (asked == 0) continue;
        struct berkas_order order;
        struct berkas_answer answer = {0};
        int files[BERKAS_MOST_FILES];
        unsigned given;
        const ssize_t came = berkas_receive(0, &order, sizeof order, files, &given, MSG_DONTWAIT);
        if (came == 0) _exit(0);
        if (came < 0 && errno == EAGAIN) continue;
        if (came != sizeof order || given != 4) _exit(1);
        const pid_t process = fork();
        if (process == 0) {
            if (berkas_serve_one(&order, files, helper, rules, rule_count) != 0) _exit(126);
            return;
        }
        answer.step = process < 0 ? BERKAS_STEP_FORK : BERKAS_STEP_NONE;
        answer.reason = errno;
        const int watch = process < 0 ? -1 : (int)syscall(SYS_pidfd_open, process, 0);
        if (process > 0 && watch < 0) _exit(1);
        berkas_send(files[3], &answer, sizeof answer, &watch, process < 0 ? 0 : 1);
        for (int place = 0; place < 3; place++) close(files[place]);
        if (process < 0) {
            close(files[3]);
            continue;
        }
        running[count].process = process;
        running[count].watch = watch;
        running[count++].answer = files[3];
    }
}

// Ends the process that a descriptor stands for (pidfd_send_signal(2)).
static inline int berkas_end(int watch) { return (int)syscall(SYS_pidfd_send_signal, watch, SIGKILL, NULL, 0u); }

// A descriptor that tells when the process ends (pidfd_open(2)); closed on exec by nature.
static inline int berkas_watch(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// A file in memory without a name (memfd_create(2)), closed on exec.
static inline int berkas_memory_file(void) { return (int)syscall(SYS_memfd_create, "berkas", 1u /* MFD_CLOEXEC */); }
