import CLeptonica
private import CWebP

/// A WebP, through libwebp (<https://developers.google.com/speed/webp/docs/api>); of one that moves the first picture.
enum WebPPicture {
    /// What the header says.
    struct Facts {
        let width: Int
        let height: Int
        let isMoving: Bool
        /// Whether the file is shorter than it says.
        let isCut: Bool
    }

    /// What the header of a file says.
    ///
    /// - Throws: `PictureError` where there is none.
    static func facts(_ bytes: [UInt8]) throws(PictureError) -> Facts {
        var features = WebPBitstreamFeatures()
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe WebPGetFeatures(buffer.baseAddress, buffer.count, &features)
        }
        guard status == VP8_STATUS_OK, features.width > 0, features.height > 0, bytes.count >= 12 else {
            throw PictureError(reason: "its header cannot be read")
        }
        let length = Int(TIFFDirectories.number(bytes[4..<8], true))
        return Facts(
            width: Int(features.width),
            height: Int(features.height),
            isMoving: features.has_animation != 0,
            isCut: bytes.count < length + 8
        )
    }

    /// The pixels; nil where they cannot be read.
    static func read(_ bytes: [UInt8]) -> UnsafeMutablePointer<Pix>? {
        guard let facts = try? facts(bytes) else { return nil }
        if facts.isMoving { return unsafe readFirst(bytes, facts) }
        var (width, height): (CInt, CInt) = (0, 0)
        let pixels = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe WebPDecodeRGBA(buffer.baseAddress, buffer.count, &width, &height)
        }
        guard let pixels = unsafe pixels else { return nil }
        defer { unsafe WebPFree(pixels) }
        return unsafe PixelRaster.picture(pixels, stride: Int(width) * 4, width: Int(width), height: Int(height))
    }

    private static func readFirst(_ bytes: [UInt8], _ facts: Facts) -> UnsafeMutablePointer<Pix>? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var data = unsafe WebPData(bytes: buffer.baseAddress, size: buffer.count)
            guard let decoder = unsafe WebPAnimDecoderNew(&data, nil) else { return nil }
            defer { unsafe WebPAnimDecoderDelete(decoder) }
            var pixels: UnsafeMutablePointer<UInt8>?
            var moment: CInt = 0
            guard unsafe WebPAnimDecoderGetNext(decoder, &pixels, &moment) != 0, let pixels = unsafe pixels else {
                return nil
            }
            return unsafe PixelRaster.picture(pixels, stride: facts.width * 4, width: facts.width, height: facts.height)
        }
    }
}
