import Glibc
package import RecordsModel

extension Account {
    /// The account under which this process runs, as the operating system says it; no environment variable is asked.
    package static let ofThisProcess = {
        let uid = getuid()
        return Account(name: name(of: uid) ?? "#\(uid)", uid: Int(uid), host: hostName())
    }()

    private static func name(of uid: uid_t) -> String? {
        var entry = unsafe passwd()
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16384) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            var found: UnsafeMutablePointer<passwd>?
            let error = unsafe getpwuid_r(uid, &entry, start, buffer.count, &found)
            guard error == 0, let found = unsafe found, let name = unsafe found.pointee.pw_name else { return nil }
            return unsafe String(cString: name)
        }
    }

    private static func hostName() -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 257) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            unsafe buffer.initialize(repeating: 0)
            return unsafe gethostname(start, buffer.count - 1) == 0 ? String(cString: start) : ""
        }
    }
}
