import Foundation
import SystemPackage
import TestSupport

/// The checkout's own sources, as text.
enum SourceTree {
    /// A Swift file.
    struct File {
        /// The path from the checkout's root.
        let path: String
        /// The folder below `Sources`.
        let module: String
        let lines: [String]
    }

    /// All Swift files below a folder of the checkout.
    static func files(below folder: String) throws -> [File] {
        let root = Checkout.root.appending(folder).string
        guard let walker = FileManager.default.enumerator(atPath: root) else { return [] }
        var files: [File] = []
        for case let path as String in walker where path.hasSuffix(".swift") {
            let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
            files.append(
                File(
                    path: folder + "/" + path,
                    module: String(path.prefix { $0 != "/" }),
                    lines: text.components(separatedBy: "\n")
                )
            )
        }
        return files.sorted { $0.path < $1.path }
    }

    /// The module that an import line names, if the line is one.
    static func imported(_ line: String) -> String? {
        let words = line.split(separator: " ").map(String.init)
        guard let index = words.firstIndex(of: "import"), index <= 2, index + 1 < words.count,
            words[..<index].allSatisfy({
                ["package", "public", "private", "internal", "fileprivate", "@testable"].contains($0)
            })
        else {
            return nil
        }
        return words[index + 1]
    }
}
