/// Where the lines of tables are in a picture.
struct LineMarks {
    /// A run of dark pixels in one row or column.
    struct Run {
        let isUpright: Bool
        /// The column of an upright run, the row of another.
        let at: Int
        let first: Int
        let last: Int
    }

    /// The runs to take away.
    private(set) var runs: [Run] = []

    /// Looks for runs.
    ///
    /// A run is a line's where a line is thin: at most `thickest` pixels across, at three places of four at least. A
    /// block of black, with white letters in it, is no line.
    init(_ picture: GreyPicture, darkerThan threshold: Int, shortest: Int, thickest: Int) {
        let (width, height) = (picture.width, picture.height)
        let limit = UInt8(clamping: threshold)
        unsafe picture.pixels.withUnsafeBufferPointer { pixels in
            func isDark(_ row: Int, _ column: Int) -> Bool { unsafe pixels[row * width + column] < limit }
            func thickness(_ row: Int, _ column: Int, isUpright: Bool) -> Int {
                var count = 1
                for step in [-1, 1] {
                    var place = isUpright ? column + step : row + step
                    let end = isUpright ? width : height
                    while place >= 0, place < end, count <= thickest,
                        isUpright ? isDark(row, place) : isDark(place, column)
                    {
                        count += 1
                        place += step
                    }
                }
                return count
            }
            func isThin(_ run: Run) -> Bool {
                var thin = 0
                var looked = 0
                for place in stride(from: run.first, through: run.last, by: 8) {
                    let across =
                        run.isUpright
                        ? thickness(place, run.at, isUpright: true) : thickness(run.at, place, isUpright: false)
                    looked += 1
                    if across <= thickest { thin += 1 }
                }
                return thin * 4 >= looked * 3
            }
            func keep(_ run: Run) { if isThin(run) { runs.append(run) } }
            // How many dark pixels stand above each pixel of the row that is looked at.
            var above = [Int](repeating: 0, count: width)
            for row in 0...height {
                var length = 0
                for column in 0...width {
                    let dark = row < height && column < width && isDark(row, column)
                    if dark {
                        length += 1
                    } else {
                        if length >= shortest {
                            keep(Run(isUpright: false, at: row, first: column - length, last: column - 1))
                        }
                        length = 0
                    }
                    guard column < width else { continue }
                    if dark {
                        above[column] += 1
                    } else {
                        if above[column] >= shortest {
                            keep(Run(isUpright: true, at: column, first: row - above[column], last: row - 1))
                        }
                        above[column] = 0
                    }
                }
            }
        }
    }
}
