private import CHEIF
import CLeptonica

/// A HEIC or AVIF, through libheif (<https://github.com/strukturag/libheif>), which turns and mirrors as the file says.
@safe
final class HEIFPicture {
    /// What the header says of one picture.
    struct Facts {
        let width: Int
        let height: Int
        let bits: Int
    }

    private static let mostPictures: CInt = 5_000
    private let context: OpaquePointer
    private let copy: UnsafeMutableRawBufferPointer
    /// The pictures that are not parts of others, the one that stands for the file first.
    private let pictures: [UInt32]

    /// Opens a file.
    ///
    /// - Throws: `PictureError`, in the library's words.
    init(_ bytes: [UInt8]) throws(PictureError) {
        guard let context = unsafe heif_context_alloc() else { throw PictureError(reason: "there is no memory for it") }
        unsafe self.context = context
        // The library keeps looking at what it is given.
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        unsafe memory.copyBytes(from: bytes)
        unsafe copy = memory
        // The decoders below it start threads of their own all the same: see `ReadingLimits.picture(of:)`.
        unsafe heif_context_set_max_decoding_threads(context, 0)
        let error = unsafe heif_context_read_from_memory_without_copy(context, memory.baseAddress, bytes.count, nil)
        let count = unsafe min(heif_context_get_number_of_top_level_images(context), Self.mostPictures)
        var list = [UInt32](repeating: 0, count: Int(max(0, count)))
        let written = unsafe heif_context_get_list_of_top_level_image_IDs(context, &list, max(0, count))
        var first: UInt32 = 0
        if unsafe heif_context_get_primary_image_ID(context, &first).code == heif_error_Ok {
            list = [first] + list.prefix(Int(max(0, written))).filter { $0 != first }
        }
        pictures = list
        guard unsafe error.code == heif_error_Ok else { throw PictureError(reason: unsafe Self.words(error)) }
        guard !list.isEmpty else { throw PictureError(reason: "it holds no picture") }
    }

    deinit {
        unsafe heif_context_free(context)
        unsafe copy.deallocate()
    }

    /// How many pictures it holds.
    var count: Int { pictures.count }

    /// What is said of a picture, from 1.
    func facts(_ number: Int) throws(PictureError) -> Facts {
        let handle = try unsafe self.handle(number)
        defer { unsafe heif_image_handle_release(handle) }
        return Facts(
            width: Int(unsafe heif_image_handle_get_width(handle)),
            height: Int(unsafe heif_image_handle_get_height(handle)),
            bits: Int(unsafe heif_image_handle_get_luma_bits_per_pixel(handle))
        )
    }

    /// The pixels of a picture, upright.
    func read(_ number: Int) throws(PictureError) -> UnsafeMutablePointer<Pix>? {
        let handle = try unsafe self.handle(number)
        defer { unsafe heif_image_handle_release(handle) }
        var image: OpaquePointer?
        let error = unsafe heif_decode_image(
            handle,
            &image,
            heif_colorspace_RGB,
            heif_chroma_interleaved_RGBA,
            nil
        )
        guard unsafe error.code == heif_error_Ok, let image = unsafe image else {
            throw PictureError(reason: "its pixels cannot be read: \(unsafe Self.words(error))")
        }
        defer { unsafe heif_image_release(image) }
        var stride: CInt = 0
        let width = Int(unsafe heif_image_get_width(image, heif_channel_interleaved))
        let height = Int(unsafe heif_image_get_height(image, heif_channel_interleaved))
        guard let start = unsafe heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride), width > 0,
            height > 0, Int(stride) >= width * 4
        else {
            return nil
        }
        return unsafe PixelRaster.picture(start, stride: Int(stride), width: width, height: height)
    }

    private func handle(_ number: Int) throws(PictureError) -> OpaquePointer {
        guard pictures.indices.contains(number - 1) else { throw PictureError(reason: "it has no such page") }
        var handle: OpaquePointer?
        let error = unsafe heif_context_get_image_handle(context, pictures[number - 1], &handle)
        guard unsafe error.code == heif_error_Ok, let handle = unsafe handle else {
            throw PictureError(reason: unsafe Self.words(error))
        }
        return unsafe handle
    }

    private static func words(_ error: heif_error) -> String {
        unsafe error.message.map { unsafe String(cString: $0) } ?? "the library gives no reason"
    }
}
