/// The system calls of x86-64 and aarch64 by what becomes of them, as the kernel names them.
///
/// What is allowed was measured with strace(1): poppler, tesseract, WeasyPrint's Python, and this program reading
/// files and judging signatures, with what the C library asks on either machine and in its newer versions. A call that is
/// in none of these lists is answered `ENOSYS`, as by an older kernel: a program has to get along with that.
package enum SystemCalls {
    /// Allowed, whatever is asked: reading, writing to what is open, memory, clocks, itself.
    package static let allowed: [String] = [
        // What is open already, and what a name leads to.
        "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "lseek", "close", "close_range",
        "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2",
        "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "fadvise64", "dup", "dup2", "dup3", "pipe",
        "pipe2", "poll", "ppoll", "select", "pselect6",
        // Memory. No memory is shared with another process: nothing can be opened that could hold it.
        "brk", "mmap", "munmap", "mremap", "mprotect", "madvise", "membarrier",
        // Threads of its own.
        "futex", "set_tid_address", "set_robust_list", "rseq", "sched_yield", "sched_getaffinity", "getcpu",
        "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigpending", "rt_sigtimedwait",
        "sigaltstack", "pause", "restart_syscall", "arch_prctl",
        // Clocks and questions.
        "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times", "uname",
        "sysinfo", "getrandom", "getrusage", "getrlimit", "getpid", "getppid", "gettid", "getuid", "geteuid", "getgid",
        "getegid", "getresuid", "getresgid", "getpgrp", "getpgid",
        // Its beginning and its end. What `execve` starts stays behind the same walls, in the same process.
        "execve", "exit", "exit_group",
    ]

    /// Refused with `EACCES`: whatever changes a file, a name, a mode, an attribute or a lock, and the network.
    ///
    /// Programs
    /// try these in good faith, a cache for instance, and go on without.
    package static let denied: [String] = [
        "creat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link", "linkat",
        "symlink", "symlinkat", "mknod", "mknodat", "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown",
        "fchown", "fchownat", "utime", "utimes", "futimesat", "utimensat", "truncate", "ftruncate", "fallocate",
        "pwrite64", "pwritev", "pwritev2", "sendfile", "splice", "tee", "vmsplice", "copy_file_range", "flock", "sync",
        "fsync", "fdatasync", "syncfs", "setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr",
        "lremovexattr", "fremovexattr", "removexattrat", "socket", "socketpair", "connect", "bind", "listen", "accept",
        "accept4", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg", "shutdown", "setsockopt",
        "inotify_init", "inotify_init1", "inotify_add_watch",
    ]

    /// Refused with `EPERM`: other processes, signals to whomever, more than it was given, memory that others see.
    package static let forbidden: [String] = [
        "fork", "vfork", "execveat", "kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "setsid",
        "setpgid", "setpriority", "ioprio_set", "sched_setscheduler", "sched_setattr", "sched_setparam",
        "sched_setaffinity", "setrlimit", "shmget", "shmat", "shmctl", "shmdt", "msgget", "msgsnd", "msgrcv", "msgctl",
        "semget", "semop", "semctl", "semtimedop", "mq_open", "mq_unlink", "mq_notify", "mq_timedsend",
        "memfd_create", "memfd_secret", "timer_create", "setitimer", "alarm", "mlock", "mlock2", "mlockall", "setuid",
        "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid", "capset",
        "personality", "mbind", "set_mempolicy", "migrate_pages", "move_pages", "seccomp", "wait4", "waitid",
        "name_to_handle_at",
    ]

    /// Allowed to a helper that forks for each file, and to it alone: taking a file over, and waiting for its children.
    package static let helper: [String] = ["recvmsg", "sendmsg", "wait4", "pidfd_open"]

    /// Ends the process (`SIGSYS`): nothing that reads a file asks for these, whatever the file.
    package static let fatal: [String] = [
        "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "pidfd_open",
        "pidfd_getfd", "pidfd_send_signal", "open_by_handle_at", "mount", "umount2", "pivot_root", "chroot",
        "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "unshare", "setns",
        "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "init_module", "finit_module",
        "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "sethostname",
        "setdomainname", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "acct", "quotactl",
        "quotactl_fd", "iopl", "ioperm", "modify_ldt", "syslog", "vhangup", "nfsservctl", "lookup_dcookie",
        "fanotify_init", "fanotify_mark", "uselib", "_sysctl",
    ]
}
