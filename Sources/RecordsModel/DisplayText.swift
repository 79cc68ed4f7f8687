extension String {
    /// The text as it can be shown on one line of a terminal: control characters, line ends and marks that turn the
    /// direction of writing are written out as `\n` or `\u{202E}`, all else stays.
    ///
    /// Titles and file names come from elsewhere; shown raw, they could move the cursor or reorder the line.
    package var displayed: String {
        // Nearly all text is plain: no byte below a space, none that could begin C1, a mark or a separator.
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        guard unicodeScalars.contains(where: { $0.isHazardousInDisplay }) else { return self }
        var shown = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            case _ where scalar.isHazardousInDisplay:
                shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

extension Unicode.Scalar {
    /// Whether a terminal would act on the character rather than show it: C0, C1, line and paragraph separators, and
    /// the bidirectional controls of UAX #9.
    fileprivate var isHazardousInDisplay: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
