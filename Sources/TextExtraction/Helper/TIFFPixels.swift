import CLeptonica
private import CTIFF
import SystemPackage

/// The pixels of a TIFF's page of a kind that Leptonica leaves: in tiles, in planes, of unusual samples; through libtiff
/// (<https://libtiff.gitlab.io/libtiff/>).
enum TIFFPixels {
    /// How many pixels are read: four bytes each, twice.
    private static let most = 200_000_000

    /// A page's pixels as they lie in the file, on white; nil where libtiff cannot read all of them either.
    static func read(_ path: FilePath, _ directory: TIFFDirectories.Directory) -> UnsafeMutablePointer<Pix>? {
        var picture = directory.picture
        if PictureOrientation.isAcross(directory.orientation) { picture.swapSides() }
        let (count, overflow) = picture.width.multipliedReportingOverflow(by: picture.height)
        guard !overflow, count > 0, count <= most,
            let file = unsafe path.withPlatformString({ unsafe TIFFOpen($0, "r") })
        else {
            return nil
        }
        defer { unsafe TIFFClose(file) }
        guard unsafe TIFFSetSubDirectory(file, UInt64(directory.offset)) == 1 else { return nil }
        var raster = [UInt32](repeating: 0, count: count)
        let width = UInt32(picture.width)
        // With the file's own orientation nothing is mirrored here: whoever asked turns it.
        let read = unsafe raster.withUnsafeMutableBufferPointer { pixels in
            unsafe TIFFReadRGBAImageOriented(
                file,
                width,
                UInt32(picture.height),
                pixels.baseAddress,
                CInt(directory.orientation),
                1
            )
        }
        guard read == 1, let made = unsafe pixCreate(CInt(picture.width), CInt(picture.height), 32),
            let target = unsafe pixGetData(made)
        else {
            return nil
        }
        // Red lies lowest there and highest here; the colours are multiplied by the alpha already.
        for (index, value) in raster.enumerated() {
            let white = 255 - (value >> 24)
            func laid(_ shift: UInt32) -> UInt32 { min(255, (value >> shift & 0xFF) + white) }
            unsafe target[index] = laid(0) << 24 | laid(8) << 16 | laid(16) << 8
        }
        return unsafe made
    }
}
