package import ArchiveHome
package import Intake
import OfficeFiles
import SystemPackage

extension Home {
    /// All that the office has laid down about intake.
    package func intakePolicy() throws -> IntakePolicy {
        let access = try PolicyFiles.table(policy.appending("access.csv"), columns: ["level"])
        let classes = try PolicyFiles.table(policy.appending("classification.csv"), columns: ["code"])
        return IntakePolicy(
            procedure: try procedure(),
            settings: settings,
            accessLevels: access.compactMap { $0["level"] },
            classificationCodes: Set(classes.compactMap { $0["code"] })
        )
    }
}
