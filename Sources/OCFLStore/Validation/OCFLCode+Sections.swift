/// A version of the OCFL specification.
package enum OCFLVersion: String, Hashable, Sendable, Comparable, CaseIterable {
    /// OCFL 1.0, of 7 July 2020: <https://ocfl.io/1.0/spec/>.
    case v1_0 = "1.0"
    /// OCFL 1.1, of 7 October 2022: <https://ocfl.io/1.1/spec/>.
    case v1_1 = "1.1"

    /// The value of `type` in the inventories of this version.
    package var inventoryType: String { "https://ocfl.io/\(rawValue)/spec/#inventory" }
    /// What an object's declaration says, without its line end.
    package var objectDeclaration: String { "ocfl_object_\(rawValue)" }
    /// What a storage root's declaration says, without its line end.
    package var rootDeclaration: String { "ocfl_\(rawValue)" }

    package static func < (left: OCFLVersion, right: OCFLVersion) -> Bool { left.rawValue < right.rawValue }
}

extension OCFLCode {
    /// Whether it is a warning (SHOULD) and not an error (MUST).
    package var isWarning: Bool { rawValue.utf8.first == UInt8(ascii: "W") }

    /// The number of the section that makes the rule, the same in both versions but for the last.
    package func section(in version: OCFLVersion) -> String {
        if let last = Self.fileSystem[self] { return version == .v1_0 ? last.0 : last.1 }
        return Self.sections.first { $0.codes.contains(self) }?.section ?? "3"
    }

    /// Where the rule stands, on the page of the specification.
    package func link(in version: OCFLVersion) -> String { "https://ocfl.io/\(version.rawValue)/spec/#\(rawValue)" }

    /// The code for the same thing in a version of the specification that may not have this one yet.
    ///
    /// 1.1 gave E103 to E112 and W016 to rules that 1.0 has without a code of their own, or under another.
    package func inForce(in version: OCFLVersion) -> OCFLCode {
        guard version == .v1_0 else { return self }
        return switch self {
        case .E103: .E038
        case .E104, .E105: .E046
        case .E106, .E107: .E041
        case .E108: .E018
        case .E110: .E037
        case .E111: .E057
        case .E112: .E086
        case .W016: .W013
        default: self
        }
    }

    private static let fileSystem: [OCFLCode: (String, String)] = [
        .E089: ("4.5", "4.6"), .E090: ("4.5", "4.6"), .E091: ("4.5", "4.6"),
    ]

    private static let sections: [(section: String, codes: Set<OCFLCode>)] = [
        ("3.1", [.E001]),
        ("3.2", [.E002, .E003, .E004, .E005, .E006, .E007]),
        ("3.3", [.E008, .E009, .E010, .E011, .E012, .E013, .E014, .E015, .E104, .E105, .W001, .W002]),
        ("3.3.1", [.E016, .E017, .E018, .E019, .E020, .E021, .E022, .E023, .E024, .E108, .W003]),
        ("3.4", [.E025, .E026, .E027, .E028, .E029, .E030, .E031, .E032, .W004]),
        ("3.5", [.E033, .E034, .E035, .E102]),
        ("3.5.1", [.E036, .E037, .E038, .E039, .E040, .E041, .E110, .W005]),
        ("3.5.2", [.E042, .E092, .E096, .E098, .E099, .E100, .E101, .E106, .E107]),
        ("3.5.3", [.E043, .E044, .E045, .E046, .E047]),
        (
            "3.5.3.1",
            [.E048, .E049, .E050, .E051, .E052, .E053, .E054, .E094, .E095, .W007, .W008, .W009]
        ),
        ("3.5.4", [.E055, .E056, .E057, .E093, .E097, .E111]),
        ("3.6", [.E058, .E059, .E060, .E061, .E062]),
        ("3.7", [.E063, .E064, .E066, .W010, .W011]),
        ("3.7.1", [.E103]),
        ("3.8", [.W012]),
        ("3.9", [.E067, .E068, .W013]),
        ("4.1", [.E069, .E070, .E071, .E072, .E073, .E074, .E087, .E088]),
        ("4.2", [.E075, .E076, .E077, .E078, .E079, .E080, .E081]),
        ("4.3", [.E082, .E083, .E084, .E085, .W014, .W015]),
        ("4.4", [.E086, .E112, .W016]),
    ]
}
