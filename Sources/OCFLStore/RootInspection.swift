import FileSafety
import Foundation
package import SystemPackage

/// What walking over a storage root found: its objects, and what should not be there.
package struct RootReport: Sendable {
    /// The objects' paths relative to the root, in the order of their bytes.
    package var objects: [FilePath] = []
    /// What is wrong with the root itself.
    package var findings: [StoreFinding] = []

    /// A report of nothing.
    package init() {}
}

extension StorageRoot {
    /// Walks over the whole root without opening any object.
    ///
    /// - Throws: `FileSafetyError` where a folder cannot be listed.
    package func walk() throws -> RootReport {
        var report = RootReport()
        func find(_ code: String, _ path: FilePath, _ message: String) {
            report.findings.append(StoreFinding(code: code, path: path.string, message: message))
        }
        checkDeclarations(find)
        func descend(_ relative: FilePath, _ entries: [DirectoryEntry]) throws {
            if entries.isEmpty { find("E073", relative, "is an empty folder") }
            if entries.contains(where: { $0.name.string.hasPrefix("0=ocfl_object_") }) {
                report.objects.append(relative)
                return
            }
            for entry in entries {
                let path = relative.appending(entry.name)
                switch entry.kind {
                case .directory: try descend(path, try DirectoryListing.entries(of: self.path.pushing(path)))
                case .symbolicLink: find("E090", path, "is a symbolic link")
                case .file, .fifo, .socket, .device:
                    find("E072", path, "does not belong between the root and an object")
                }
            }
        }
        for entry in try DirectoryListing.entries(of: path) {
            let relative = FilePath(root: nil, [entry.name])
            switch entry.kind {
            case .directory where entry.name == Self.extensions: continue
            case .directory: try descend(relative, try DirectoryListing.entries(of: path.appending(entry.name)))
            case .file where [Self.declaration, Self.layoutFile].contains(entry.name): continue
            case .symbolicLink: find("E090", relative, "is a symbolic link")
            case .file, .fifo, .socket, .device: find("E072", relative, "does not belong in a storage root")
            }
        }
        return report
    }

    private func checkDeclarations(_ find: (String, FilePath, String) -> Void) {
        if (try? OpenFile.content(of: path.appending(Self.declaration), limit: 4096)) != Array("ocfl_1.1\n".utf8) {
            find("E080", FilePath(root: nil, [Self.declaration]), "is missing or does not say 'ocfl_1.1'")
        }
        let name = HashAndIDLayout.name
        struct Declared: Decodable { let `extension`: String }
        let layoutFile = FilePath(root: nil, [Self.layoutFile])
        if read(Declared.self, at: layoutFile)?.extension != name {
            find("E070", layoutFile, "is missing or does not name the layout '\(name)'")
        }
        struct Parameters: Decodable {
            let extensionName: String
            let digestAlgorithm: String
            let tupleSize: Int
            let numberOfTuples: Int
        }
        let config = FilePath(root: nil, [Self.extensions]).appending(name).appending("config.json")
        let said = read(Parameters.self, at: config)
        if said?.extensionName != name || said?.digestAlgorithm != "sha256" || said?.tupleSize != layout.tupleSize
            || said?.numberOfTuples != layout.numberOfTuples
        {
            find("E070", config, "is missing or does not describe the layout '\(name)' as it is used here")
        }
    }

    private func read<Value: Decodable>(_ type: Value.Type, at relative: FilePath) -> Value? {
        guard let bytes = try? OpenFile.content(of: path.pushing(relative), limit: 1 << 20) else { return nil }
        return try? JSONDecoder().decode(type, from: Data(bytes))
    }
}
