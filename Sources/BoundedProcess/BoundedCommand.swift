package import SystemPackage

/// An outside program, its words, and all that it may read.
///
/// No shell is involved. The program sees its own words, a small environment, the files named here, and what every program
/// needs to start; it writes to standard output and standard error and nowhere else.
package struct BoundedCommand: Sendable {
    /// One of the program's words.
    package enum Word: Hashable, Sendable {
        /// A word as it is.
        case text(String)
        /// The path of an input file, by its place in `inputs`: where it lies to the program is up to the isolation.
        case input(Int)
    }

    /// The program's file, by an absolute path: see `ProgramFinder`.
    package var program: FilePath
    /// Its words, its own name not among them.
    package var words: [Word]
    /// The files that it may read; their names do not reach it.
    package var inputs: [FilePath]
    /// What it reads from standard input.
    package var standardInput: [UInt8]
    /// Added to its environment, which otherwise holds `PATH`, `LC_ALL=C.UTF-8` and a `HOME` that is not there.
    package var environment: [String: String]
    /// Folders and files that it needs to start, beside those of the system: a program of ours and its libraries.
    package var needed: [FilePath]

    /// A command out of its parts.
    package init(
        _ program: FilePath,
        _ words: [Word],
        inputs: [FilePath] = [],
        standardInput: [UInt8] = [],
        environment: [String: String] = [:],
        needed: [FilePath] = []
    ) {
        self.program = program
        self.words = words
        self.inputs = inputs
        self.standardInput = standardInput
        self.environment = environment
        self.needed = needed
    }
}
