import Foundation
package import SystemPackage
package import Testing

/// Where the checkout and the material beside it lie.
package enum Checkout {
    /// The folder that holds `Package.swift`.
    package static var root: FilePath {
        // This file is Tests/TestSupport/Checkout.swift.
        FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    }

    /// The folder `shared` beside the checkout, or nil where this is a user's clone without it.
    ///
    /// With `CI=true` its absence is a failure; elsewhere a visible line says what was left out.
    package static func shared(_ part: String, sourceLocation: SourceLocation = #_sourceLocation) -> FilePath? {
        let folder = root.removingLastComponent().appending("shared").pushing(FilePath(part))
        if FileManager.default.fileExists(atPath: folder.string) { return folder }
        if ProcessInfo.processInfo.environment["CI"] == "true" {
            Issue.record("'\(folder.string)' is absent, and CI=true", sourceLocation: sourceLocation)
        } else {
            print("LEFT OUT: '\(part)' is not beside this checkout (\(sourceLocation.fileID):\(sourceLocation.line))")
        }
        return nil
    }

    /// The same, and nothing is said where it is absent: for the arguments of tests, which say it themselves.
    package static func sharedQuietly(_ part: String) -> FilePath? {
        let folder = root.removingLastComponent().appending("shared").pushing(FilePath(part))
        return FileManager.default.fileExists(atPath: folder.string) ? folder : nil
    }

    /// The built `berkas`: the one that `BERKAS_UNDER_TEST` names, as `make test` does with the program as it is installed;
    /// else that beside the test bundle in the build folder.
    package static var binary: FilePath {
        get throws {
            if let named = ProcessInfo.processInfo.environment["BERKAS_UNDER_TEST"] {
                if FileManager.default.isExecutableFile(atPath: named) { return FilePath(named) }
                throw MissingToolError(name: named)
            }
            return try built("berkas")
        }
    }

    /// A program of this package, beside the test bundle in the build folder.
    ///
    /// - Throws: `MissingToolError` where it was not built.
    package static func built(_ name: String) throws -> FilePath {
        let bundle = FilePath(CommandLine.arguments[0]).removingLastComponent()
        for folder in [bundle, root.appending(".build").appending("debug")] {
            let candidate = folder.appending(name)
            if FileManager.default.isExecutableFile(atPath: candidate.string) { return candidate }
        }
        throw MissingToolError(name: name)
    }
}

/// A program that a test needs and that is not on this machine.
package struct MissingToolError: Error {
    /// The program.
    package let name: String

    /// The error for a program.
    package init(name: String) { self.name = name }
}
