import CLeptonica

/// Pixels of four bytes (red, green, blue, and how much they cover) on their way to Leptonica.
enum PixelRaster {
    /// A picture of Leptonica's.
    ///
    /// - Parameters:
    ///   - start: the first row.
    ///   - stride: how many bytes after each other rows begin.
    ///   - width: pixels a row.
    ///   - height: rows.
    /// - Returns: the picture; nil where there is no room for it.
    static func picture(
        _ start: UnsafePointer<UInt8>,
        stride: Int,
        width: Int,
        height: Int
    ) -> UnsafeMutablePointer<Pix>? {
        guard let picture = unsafe pixCreateNoInit(CInt(width), CInt(height), 32) else { return nil }
        unsafe pixSetSpp(picture, 4)
        let words = Int(unsafe pixGetWpl(picture))
        guard let data = unsafe pixGetData(picture) else {
            var gone: UnsafeMutablePointer<Pix>? = unsafe picture
            unsafe pixDestroy(&gone)
            return nil
        }
        for row in 0..<height {
            var source = unsafe start + row * stride
            let target = unsafe data + row * words
            for column in 0..<width {
                let colours = unsafe UInt32(source[0]) << 24 | UInt32(source[1]) << 16 | UInt32(source[2]) << 8
                unsafe target[column] = unsafe colours | UInt32(source[3])
                unsafe source += 4
            }
        }
        return unsafe picture
    }
}
