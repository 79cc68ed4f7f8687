import Foundation
package import SystemPackage

/// What a folder holds, for comparing it before and after.
package enum TreeSnapshot {
    /// Every path below a folder with its kind and, for files, its bytes.
    package static func of(_ folder: FilePath) throws -> [String: String] {
        var found: [String: String] = [:]
        guard let walker = FileManager.default.enumerator(atPath: folder.string) else { return found }
        for case let path as String in walker {
            let full = folder.string + "/" + path
            let attributes = try FileManager.default.attributesOfItem(atPath: full)
            if attributes[.type] as? FileAttributeType == .typeRegular {
                found[path] = "file " + (FileManager.default.contents(atPath: full) ?? Data()).base64EncodedString()
            } else {
                found[path] = "\((attributes[.type] as? FileAttributeType)?.rawValue ?? "unknown")"
            }
        }
        return found
    }
}
