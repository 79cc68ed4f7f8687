import BoundedProcess
import Glibc

// What a helper can run into, in a program of its own: it does with its file what the file's content says.

guard let order = HelperSide.order() else { exit(64) }
var served = 0
HelperSide.serve(order)
served += 1
guard let content = HelperSide.file(limit: 1 << 20) else { HelperSide.end([], complaint: "no file") }
let words = String(decoding: content, as: UTF8.self)

/// The descriptors that are open, and that of the folder which is read here.
func descriptors() -> String { (0..<64).filter { fcntl($0, F_GETFD) >= 0 }.map { String($0) }.joined(separator: " ") }

switch words.prefix(while: { $0 != "\n" }) {
case "hang": while true { sleep(1) }
case "compute": while true { served &+= 1 }
case "crash": abort()
case "eat":
    var eaten: [[UInt8]] = []
    while true { eaten.append([UInt8](repeating: 1, count: 8 << 20)) }
case "write":
    while unsafe write(1, "0123456789abcdef", 16) > 0 {}
    exit(1)
case "complain": HelperSide.end([], complaint: "a complaint")
case "walls":
    let tries: [(String, Bool)] = [
        ("socket", socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) >= 0),
        ("write", unsafe open("/dev/shm/berkas-probe", O_WRONLY | O_CREAT, 0o600) >= 0),
        ("passwd", unsafe open("/etc/passwd", O_RDONLY) >= 0),
        ("kill", kill(getppid(), 0) == 0),
        ("own file", unsafe write(0, "x", 1) == 1),
        (
            "limit",
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), [rlimit(rlim_cur: 4096, rlim_max: 4096)]) == 0
        ),
        ("receive", recv(0, nil, 0, 0) >= 0),
        ("wait", waitpid(-1, nil, Int32(WNOHANG)) >= 0 || errno != EPERM),
    ]
    let done = tries.filter(\.1).map(\.0)
    HelperSide.end(Array("open \(descriptors()); done \(done.joined(separator: ", "))".utf8))
default:
    HelperSide.end(Array("\(served) \(getpid()) ".utf8) + order.bytes + Array(" ".utf8) + content)
}
