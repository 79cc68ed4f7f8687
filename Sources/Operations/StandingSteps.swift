package import ArchiveHome
package import RecordsModel
import Reporting
package import SystemPackage

extension HomeStep {
    /// What is owed to a home each time that it is taken to work, in this order.
    ///
    /// The one place where they are named. Every way to a home that works goes through the initialisers below, which hand
    /// them over.
    static let standing =
        [
            HomeStep { writer in
                let desk = try PolicyDesk(writer.home, writer.books)
                try writer.notePolicies(desk)
                try writer.requireAccount(desk)
            }
        ] + founding

    /// The same where a home is made: what its policies say counts from the first command on that enters something.
    static let founding = [
        HomeStep { try $0.enterCounting() },
        HomeStep { try $0.resumeHolds() },
    ]
}

extension HomeStep {
    /// Keeps the dates of retention that must be computed anew, which a question only computes.
    package static let dates = HomeStep { writer in
        // A schedule that cannot be read is for `verify` to name.
        try? RetentionDesk(writer.home, writer.catalogue).refresh(writer.catalogue)
    }
}

extension ArchiveWriter {
    /// Takes the home's lock, brings everything in step, and does what retention owes it.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who works, and whom to tell.
    ///   - isBrief: whether the lock is held for a moment only, for which others wait instead of giving up.
    ///   - mendsIndex: whether a catalogue that is damaged or not ours is made anew; else it is an error.
    /// - Throws: `FileSafetyError`, code `locked`, with who has it; `readOnly` or `permissionDenied`; `OperationError`,
    ///   code `damaged`, where the truth contradicts itself.
    package convenience init(
        _ home: Home,
        _ context: OperationContext,
        isBrief: Bool = false,
        mendsIndex: Bool = true
    ) throws {
        try self.init(home, context, isBrief: isBrief, mendsIndex: mendsIndex, running: HomeStep.standing)
    }
}

extension Initialise {
    /// Makes a home in a folder, with the forms of this program.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - settings: what `berkas.yaml` will say.
    ///   - context: who works, and whom to tell.
    /// - Returns: the home.
    /// - Throws: `OperationError`, code `exists`, where there is a home already.
    package static func run(_ path: FilePath, settings: OfficeSettings, context: OperationContext) throws -> Home {
        try run(
            path,
            settings: settings,
            context: context,
            templates: TemplateSet.defaultFiles,
            running: HomeStep.founding
        )
    }
}
