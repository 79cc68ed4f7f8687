extension PagePicture {
    /// The lower of the two resolutions; another where the file says none.
    func lowest(or guess: Int?) -> Int? {
        switch (horizontalDPI, verticalDPI) {
        case (let across?, let down?): min(across, down)
        case (let one?, nil), (nil, let one?): one
        case (nil, nil): guess
        }
    }

    /// The resolution that it has if it is a page of A4, whose long side is 11.69 inches.
    var guessedDPI: Int? {
        let longest = max(width, height)
        return longest > 0 ? Int((Double(longest) / 11.69).rounded()) : nil
    }

    /// The resolution that the file says, unless the paper would be larger than A2 (23.4 inches): cameras write 72.
    var plausibleDPI: Int? {
        guard let known = lowest(or: nil), Double(max(width, height)) / Double(known) <= 23.4 else { return guessedDPI }
        return known
    }

    /// From which ratio of its two resolutions a picture is squared.
    private static let unequal = 1.05

    /// How a picture is brought to the resolution that recognition is best at, where it is far from it.
    ///
    /// A fax has half as many lines down as dots across: each side is brought there by itself.
    func scale(to dpi: Int) -> PictureScale {
        func percent(_ known: Int) -> Int { max(10, min(800, (dpi * 100 + known / 2) / max(1, known))) }
        if let (across, down) = unequalDPI {
            return PictureScale(across: percent(across), down: percent(down), dpi: dpi)
        }
        let known = plausibleDPI ?? dpi
        let same = percent(known)
        if (75...133).contains(same) { return PictureScale(across: 100, down: 100, dpi: known) }
        return PictureScale(across: same, down: same, dpi: dpi)
    }

    /// How a picture is shown: square, the finer side as it is.
    var shownScale: PictureScale {
        guard let (across, down) = unequalDPI else { return PictureScale(across: 100, down: 100, dpi: 0) }
        let finer = max(across, down)
        return PictureScale(across: min(800, finer * 100 / across), down: min(800, finer * 100 / down), dpi: finer)
    }

    private var unequalDPI: (across: Int, down: Int)? {
        guard let across = horizontalDPI, let down = verticalDPI, across > 0, down > 0,
            Double(max(across, down)) / Double(min(across, down)) > Self.unequal,
            // What no page has is no resolution.
            Double(width) / Double(across) <= 23.4, Double(height) / Double(down) <= 23.4
        else {
            return nil
        }
        return (across, down)
    }
}

/// By how much a picture is scaled, and what that comes to.
struct PictureScale: Equatable {
    /// Percent across.
    var across: Int
    /// Percent down.
    var down: Int
    /// The resolution behind it.
    var dpi: Int
}
