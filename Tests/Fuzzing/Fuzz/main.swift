// fuzz TARGET [libFuzzer's options] CORPUS …: see Tests/Fuzzing/README.md.
import CLibFuzzer
import Glibc

guard CommandLine.arguments.count >= 2, let target = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
    print("fuzz: name one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    exit(64)
}
Fuzzing.begin(target)

// libFuzzer takes the program's words, without the target's name.
let kept = CommandLine.arguments.enumerated().filter { $0.offset != 1 }
var words = unsafe kept.map { unsafe strdup($0.element) } + [nil]
var count = unsafe CInt(words.count - 1)
let status = unsafe words.withUnsafeMutableBufferPointer { buffer in
    var start = buffer.baseAddress
    return unsafe LLVMFuzzerRunDriver(&count, &start) { unsafe fuzzOne($0, $1) }
}
exit(status)

/// One input.
///
/// The `main` of libFuzzer, which is linked and not used, asks for it by this name.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOne(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    Fuzzing.run(unsafe [UInt8](UnsafeBufferPointer(start: data, count: size)))
    return 0
}
