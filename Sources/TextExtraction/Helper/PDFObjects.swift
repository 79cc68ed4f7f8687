private import CLibQPDF
import SystemPackage

/// Why the objects of a PDF cannot be looked at.
enum PDFObjectsError: Error {
    /// It asks for a password.
    case encrypted
    /// In qpdf's words.
    case damaged(String)
}

/// The objects of a PDF, through qpdf (<https://qpdf.readthedocs.io>): looked at one by one, nothing of pages or fonts.
///
/// What an entry is asked for is looked up when it is asked. A file whose table of objects is broken is searched for them,
/// and that is a complaint. Everything that is handed out counts, so that no file is walked for ever.
@safe
final class PDFObjects {
    /// Something in a PDF: a place in qpdf's list, which lives as long as the file.
    struct Item {
        fileprivate let place: UInt32
    }

    /// An object's number and generation.
    struct Name: Hashable, Codable {
        var number: Int32
        var generation: Int32
    }

    /// How many things one file may be asked for.
    static let most = 1_000_000
    /// How many bytes of a stream that is text are taken.
    static let mostText = 64 << 20

    private var handle: qpdf_data?
    private var left = PDFObjects.most

    /// Opens a file, with the empty password.
    ///
    /// - Throws: where nothing of it can be looked at.
    init(_ path: FilePath) throws(PDFObjectsError) {
        unsafe handle = qpdf_init()
        unsafe qpdf_silence_errors(handle)
        unsafe qpdf_set_suppress_warnings(handle, 1)
        let status = unsafe path.withPlatformString { unsafe qpdf_read(handle, $0, "") }
        guard status & 2 == 0 else {
            guard let error = unsafe qpdf_get_error(handle) else { throw .damaged("it cannot be opened") }
            if unsafe qpdf_get_error_code(handle, error) == qpdf_e_password { throw .encrypted }
            throw .damaged(unsafe Self.words(qpdf_get_error_message_detail(handle, error)))
        }
    }

    deinit { unsafe qpdf_cleanup(&handle) }

    /// Whether more was asked for than a file may be asked for: all that comes then is nothing.
    var isSpent: Bool { left <= 0 }

    /// The catalogue.
    var root: Item { Item(place: unsafe qpdf_get_root(handle)) }

    /// An object by its name.
    func object(_ name: Name) -> Item {
        Item(place: unsafe qpdf_get_object_by_id(handle, name.number, name.generation))
    }

    /// What damage qpdf told of so far, in its words; nil where it told of none.
    func complaint() -> String? {
        var found: String?
        while unsafe qpdf_more_warnings(handle) != 0, let warning = unsafe qpdf_next_warning(handle) {
            guard found == nil, unsafe qpdf_get_error_code(handle, warning) == qpdf_e_damaged_pdf else { continue }
            let words = unsafe Self.words(qpdf_get_error_message_detail(handle, warning))
            // Programs that count one object too many or too few lose nothing.
            if !words.hasPrefix("reported number of objects") { found = words }
        }
        return found
    }

    // MARK: - Containers

    /// The entry of a dictionary, or of a stream's; nil where there is none.
    ///
    /// Keys begin with a slash.
    func entry(_ item: Item?, _ key: String) -> Item? {
        guard let item, spend() else { return nil }
        var owner = item.place
        if unsafe qpdf_oh_is_stream(handle, owner) != 0 { owner = unsafe qpdf_oh_get_dict(handle, owner) }
        guard unsafe qpdf_oh_is_dictionary(handle, owner) != 0 else { return nil }
        let found = unsafe qpdf_oh_get_key(handle, owner, key)
        return unsafe qpdf_oh_is_null(handle, found) != 0 ? nil : Item(place: found)
    }

    /// Whether it is a dictionary.
    func isDictionary(_ item: Item?) -> Bool {
        guard let item else { return false }
        return unsafe qpdf_oh_is_dictionary(handle, item.place) != 0
    }

    /// Whether it is a stream.
    func isStream(_ item: Item?) -> Bool {
        guard let item else { return false }
        return unsafe qpdf_oh_is_stream(handle, item.place) != 0
    }

    /// The items of an array; of anything else none.
    func items(_ item: Item?) -> [Item] {
        guard let item, unsafe qpdf_oh_is_array(handle, item.place) != 0 else { return [] }
        var found: [Item] = []
        for index in 0..<max(0, unsafe qpdf_oh_get_array_n_items(handle, item.place)) {
            guard spend() else { break }
            found.append(Item(place: unsafe qpdf_oh_get_array_item(handle, item.place, index)))
        }
        return found
    }

    /// The keys of a dictionary, with their slash; of anything else none.
    func keys(_ item: Item?) -> [String] {
        guard let item, isDictionary(item) else { return [] }
        var keys: [String] = []
        unsafe qpdf_oh_begin_dict_key_iter(handle, item.place)
        while unsafe qpdf_oh_dict_more_keys(handle) != 0, spend() {
            guard let key = unsafe qpdf_oh_dict_next_key(handle) else { break }
            keys.append(unsafe String(cString: key))
        }
        return keys
    }

    // MARK: - Values

    /// The object's name; nil for what stands inside of another.
    func name(of item: Item?) -> Name? {
        guard let item, unsafe qpdf_oh_is_indirect(handle, item.place) != 0 else { return nil }
        return Name(
            number: unsafe qpdf_oh_get_object_id(handle, item.place),
            generation: unsafe qpdf_oh_get_generation(handle, item.place)
        )
    }

    /// A text string as text, whatever its encoding; a stream that stands for one, too.
    func text(_ item: Item?) -> String? {
        guard let item else { return nil }
        if unsafe qpdf_oh_is_string(handle, item.place) != 0 {
            var length = 0
            guard let start = unsafe qpdf_oh_get_binary_utf8_value(handle, item.place, &length) else { return nil }
            return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
        }
        guard isStream(item), let bytes = data(item, limit: Self.mostText) else { return nil }
        if bytes.starts(with: [0xFE, 0xFF]) {
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
            }
            return String(decoding: units, as: UTF16.self)
        }
        return PlainText(bytes).map { $0.pages.joined(separator: "\n") }
    }

    /// A name without its slash.
    func word(_ item: Item?) -> String? {
        guard let item, unsafe qpdf_oh_is_name(handle, item.place) != 0,
            let start = unsafe qpdf_oh_get_name(handle, item.place)
        else {
            return nil
        }
        return String(unsafe String(cString: start).dropFirst())
    }

    /// A whole number.
    func number(_ item: Item?) -> Int? {
        guard let item else { return nil }
        var value: Int64 = 0
        return unsafe qpdf_oh_get_value_as_longlong(handle, item.place, &value) != 0 ? Int(value) : nil
    }

    /// Whether it is `true`.
    func isTrue(_ item: Item?) -> Bool {
        guard let item, unsafe qpdf_oh_is_bool(handle, item.place) != 0 else { return false }
        return unsafe qpdf_oh_get_bool_value(handle, item.place) != 0
    }

    /// The data of a stream, filters applied where qpdf knows them; nil where they cannot be had or are more than `limit`.
    func data(_ item: Item?, limit: Int) -> [UInt8]? {
        guard let item, isStream(item) else { return nil }
        var (buffer, length): (UnsafeMutablePointer<UInt8>?, Int) = (nil, 0)
        var isFiltered: QPDF_BOOL = 0
        let status = unsafe qpdf_oh_get_stream_data(
            handle,
            item.place,
            qpdf_dl_generalized,
            &isFiltered,
            &buffer,
            &length
        )
        defer { unsafe free(buffer) }
        guard status & 2 == 0, length <= limit else { return nil }
        return unsafe [UInt8](UnsafeBufferPointer(start: buffer, count: buffer == nil ? 0 : length))
    }

    private func spend() -> Bool {
        left -= 1
        return left > 0
    }

    private static func words(_ start: UnsafePointer<CChar>?) -> String {
        guard let start = unsafe start else { return "it gives no reason" }
        let text = unsafe String(cString: start)
        return String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(200))
        )
    }
}
