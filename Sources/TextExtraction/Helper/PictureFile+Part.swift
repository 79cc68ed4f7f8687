private import CLeptonica

extension PictureFile.Rendering {
    /// A rendering out of the words of a call: percent across and down, degrees.
    init?(form: PictureFile.Form, _ words: [String]) {
        let numbers = words.compactMap { Int($0) }
        guard words.count == 3, numbers.count == 3, (1...800).contains(numbers[0]), (1...800).contains(numbers[1]),
            numbers[2] == 0 || PageReading.turns.contains(numbers[2])
        else {
            return nil
        }
        self.init(form: form, across: numbers[0], down: numbers[1], turn: numbers[2])
    }
}

extension PictureFile {
    private static let marks: [[UInt8]] = [
        [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x42, 0x4D], [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42],
    ]

    /// What the header of a picture that lies in memory says; nil where it is none that is decoded here.
    static func picture(in bytes: [UInt8]) -> PagePicture? {
        _ = setMsgSeverity(CInt(L_SEVERITY_NONE))
        if bytes.starts(with: "GIF8".utf8), bytes.count > 10 {
            let (width, height) = (Int(bytes[6]) | Int(bytes[7]) << 8, Int(bytes[8]) | Int(bytes[9]) << 8)
            guard width > 0, height > 0 else { return nil }
            return PagePicture(
                width: width,
                height: height,
                horizontalDPI: nil,
                verticalDPI: nil,
                colour: .colour,
                bits: 8
            )
        }
        guard marks.contains(where: { bytes.starts(with: $0) }) else { return nil }
        var (format, width, height, bits, samples, map): (CInt, CInt, CInt, CInt, CInt, CInt) = (0, 0, 0, 0, 0, 0)
        let status = unsafe bytes.withUnsafeBufferPointer {
            unsafe pixReadHeaderMem($0.baseAddress, $0.count, &format, &width, &height, &bits, &samples, &map)
        }
        guard status == 0, width > 0, height > 0 else { return nil }
        var picture = PagePicture(
            width: Int(width),
            height: Int(height),
            horizontalDPI: nil,
            verticalDPI: nil,
            colour: colour(bits: bits, samples: samples, hasMap: map != 0),
            bits: Int(bits)
        )
        let head = Array(bytes.prefix(PictureOrientation.most))
        if PictureOrientation.isAcross(PictureOrientation.of(head)) { picture.swapSides() }
        return picture
    }
}
