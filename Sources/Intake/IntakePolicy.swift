package import RecordsModel

/// What the office has laid down about the papers that it files.
package struct IntakePolicy: Sendable {
    /// The procedure whose steps and document types count.
    package let procedure: Procedure
    /// The office's settings.
    package let settings: OfficeSettings
    /// The security classes, in the order of the file; empty where the office has not set them.
    package let accessLevels: [String]
    /// The classification codes; empty where the office has not set them.
    package let classificationCodes: Set<String>

    /// A policy out of its parts.
    package init(
        procedure: Procedure,
        settings: OfficeSettings,
        accessLevels: [String],
        classificationCodes: Set<String>
    ) {
        self.procedure = procedure
        self.settings = settings
        self.accessLevels = accessLevels
        self.classificationCodes = classificationCodes
    }
}
