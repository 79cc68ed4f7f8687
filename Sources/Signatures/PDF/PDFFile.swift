private import CLibQPDF

/// Why a PDF, or one object of it, cannot be read.
enum PDFReadingError: Error, Hashable {
    /// It asks for a password that is not at hand.
    case password
    /// Its structure is broken; qpdf's words.
    case damaged(String)
    /// It goes beyond a limit of this program, which is named.
    case limit(String)
}

/// One revision of a PDF as qpdf reads it: bytes in, values out.
///
/// Wraps `qpdf_data` of libqpdf, of which no type leaves this file. A revision is the beginning of the file up to an end;
/// nothing behind that is looked at. Objects are read when they are asked for. qpdf bounds nesting (500 levels) and ends on
/// loops of cross-reference sections; this type bounds nesting of values, their number and the bytes of streams. What it
/// does not bound is the memory of an object stream that inflates: the caller's process must.
@safe
final class PDFFile {
    /// The whole file.
    let bytes: FileBytes
    /// Where the revision ends.
    let end: Int
    /// Whether the structure had to be guessed, since its cross-reference data are broken.
    let isRepaired: Bool
    private var handle: qpdf_data?
    private var cache: [PDFReference: PDFValue] = [:]
    private var budget = Limits.values
    private var odd: Set<Oddity> = []
    private var known: [PDFReference: [PDFLink]] = [:]
    private let later: (file: PDFFile, changed: Set<Int32>)?

    /// Something that qpdf finds odd.
    struct Oddity: Hashable {
        /// In qpdf's words.
        let words: String
        /// Where in the file.
        let place: Int
    }

    /// What one revision may ask of this program.
    enum Limits {
        /// Values in all objects that are looked at.
        static let values = 20_000_000
        /// Containers inside each other in one object.
        static let depth = 100
        /// Bytes of one filtered stream that is inflated.
        static let filtered = 4 << 20
    }

    /// Opens the first `end` bytes of a file.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - end: where the revision ends.
    ///   - password: tried as user's and as owner's; nil is the empty one.
    ///   - repairing: whether to look for objects where the cross-reference data are broken.
    ///   - later: a later revision, and the numbers of the objects that it changed; all others are read there, once.
    /// - Throws: where it cannot be read.
    init(
        _ bytes: FileBytes,
        end: Int,
        password: String?,
        repairing: Bool,
        later: (file: PDFFile, changed: Set<Int32>)? = nil
    ) throws(PDFReadingError) {
        self.later = later
        self.bytes = bytes
        self.end = min(end, bytes.count)
        isRepaired = repairing
        unsafe handle = qpdf_init()
        unsafe qpdf_silence_errors(handle)
        unsafe qpdf_set_suppress_warnings(handle, 1)
        unsafe qpdf_set_attempt_recovery(handle, repairing ? 1 : 0)
        let file = unsafe handle
        let word = password ?? ""
        func read(_ buffer: UnsafeRawBufferPointer) -> QPDF_ERROR_CODE {
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe qpdf_read_memory(file, "file", start, UInt64(buffer.count), word)
        }
        let status =
            unsafe repairing && self.end == bytes.count
            ? bytes.withClosedBytes(read) : bytes.withBytes(0..<self.end, read)
        if status & 2 != 0 { throw failure() }
        if unsafe qpdf_oh_is_dictionary(handle, qpdf_get_root(handle)) == 0 {
            throw .damaged("the file has no catalogue")
        }
        try check()
    }

    deinit { unsafe qpdf_cleanup(&handle) }

    /// qpdf's version.
    static var version: String { unsafe String(cString: qpdf_get_qpdf_version()) }

    /// Whether the file is encrypted.
    var isEncrypted: Bool { unsafe qpdf_is_encrypted(handle) != 0 }

    /// The trailer dictionary.
    func trailer() throws(PDFReadingError) -> PDFDictionary {
        let item = unsafe qpdf_get_trailer(handle)
        defer { unsafe qpdf_oh_release(handle, item) }
        guard case .dictionary(let entries) = try convert(item, depth: 0, owner: nil) else { return [:] }
        return entries
    }

    /// An indirect object; null where there is none.
    func object(_ reference: PDFReference) throws(PDFReadingError) -> PDFValue {
        if let known = cache[reference] { return known }
        if let later, !later.changed.contains(reference.number) { return try later.file.object(reference) }
        let value = try ownObject(reference)
        cache[reference] = value
        return value
    }

    /// An object as this revision alone has it, whatever is known of it from a later one.
    func ownObject(_ reference: PDFReference) throws(PDFReadingError) -> PDFValue {
        guard reference.number > 0, reference.generation >= 0 else { return .null }
        let item = unsafe qpdf_get_object_by_id(handle, reference.number, reference.generation)
        defer { unsafe qpdf_oh_release(handle, item) }
        let value = try convert(item, depth: 0, owner: reference)
        try check()
        return value
    }

    /// The value, or what it refers to.
    func resolve(_ value: PDFValue?) throws(PDFReadingError) -> PDFValue {
        guard let value else { return .null }
        guard case .reference(let reference) = value else { return value }
        return try object(reference)
    }

    /// The entries of what is or refers to a dictionary; nil for anything else.
    func dictionary(_ value: PDFValue?) throws(PDFReadingError) -> PDFDictionary? {
        if case .dictionary(let entries) = try resolve(value) { return entries }
        return nil
    }

    /// The items of what is or refers to a list; none for anything else.
    func array(_ value: PDFValue?) throws(PDFReadingError) -> [PDFValue] {
        if case .array(let items) = try resolve(value) { return items }
        return []
    }

    /// What qpdf finds odd in what was read so far, such as a key that stands twice.
    func oddities() -> Set<Oddity> {
        while unsafe qpdf_more_warnings(handle) != 0, let warning = unsafe qpdf_next_warning(handle) {
            let place = Int(clamping: unsafe qpdf_get_error_file_position(handle, warning))
            let words = unsafe text(qpdf_get_error_message_detail(handle, warning))
            if odd.count < 1000 { odd.insert(Oddity(words: String(decoding: words, as: UTF8.self), place: place)) }
        }
        return odd
    }

    /// What an object refers to, without what stands behind that.
    func links(of reference: PDFReference) throws(PDFReadingError) -> [PDFLink] {
        if let links = known[reference] { return links }
        let links = try object(reference).links()
        known[reference] = links
        return links
    }

    /// Every object that can be reached from the trailer.
    func reachable() throws(PDFReadingError) -> Set<PDFReference> {
        var reached: Set<PDFReference> = []
        var waiting = try trailer().values.flatMap(\.references)
        while let reference = waiting.popLast() {
            guard reached.insert(reference).inserted else { continue }
            if let later, !later.changed.contains(reference.number) {
                waiting += try later.file.links(of: reference).map(\.reference)
            } else {
                waiting += try links(of: reference).map(\.reference)
            }
        }
        return reached
    }

    /// The catalogue.
    func catalogue() throws(PDFReadingError) -> PDFDictionary {
        guard let entries = try dictionary(try trailer()["Root"]) else { throw .damaged("the file has no catalogue") }
        return entries
    }

    /// Lends the data of a stream, decrypted, filters applied or not.
    func withData<Result>(
        of reference: PDFReference,
        inflated: Bool,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(PDFReadingError) -> Result {
        let item = unsafe qpdf_get_object_by_id(handle, reference.number, reference.generation)
        defer { unsafe qpdf_oh_release(handle, item) }
        guard unsafe qpdf_oh_is_stream(handle, item) != 0 else { throw .damaged("an object is no stream") }
        var buffer: UnsafeMutablePointer<UInt8>?
        var length = 0
        var filtered: QPDF_BOOL = 0
        let level = inflated ? qpdf_dl_generalized : qpdf_dl_none
        let status = unsafe qpdf_oh_get_stream_data(handle, item, level, &filtered, &buffer, &length)
        defer { unsafe free(buffer) }
        if status & 2 != 0 { throw failure() }
        return unsafe body(UnsafeRawBufferPointer(start: buffer, count: length))
    }

    /// Whether a stream has the same data as one of another revision, filters not applied.
    func hasSameData(
        _ stream: PDFReference,
        as other: PDFReference,
        in revision: PDFFile
    ) throws(PDFReadingError) -> Bool {
        if let later, later.file === revision, stream == other, !later.changed.contains(stream.number) { return true }
        let outcome = try unsafe withData(of: stream, inflated: false) { left in
            let inner: Result<Bool, PDFReadingError>
            do throws(PDFReadingError) {
                inner = .success(
                    try unsafe revision.withData(of: other, inflated: false) { right in
                        guard left.count == right.count else { return false }
                        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                        return unsafe memcmp(first, second, left.count) == 0
                    }
                )
            } catch {
                inner = .failure(error)
            }
            return inner
        }
        return try outcome.get()
    }

    /// The data of a small stream, filters applied; nil where it is none, is too long, or a filter is unknown.
    func smallStream(_ value: PDFValue?) -> [UInt8]? {
        do throws(PDFReadingError) {
            guard case .stream(let entries, let reference) = try resolve(value) else { return nil }
            let stored = try unsafe withData(of: reference, inflated: false) { $0.count }
            guard stored <= Limits.filtered else { return nil }
            return try unsafe withData(of: reference, inflated: entries["Filter"] != nil) { buffer in
                unsafe Array(buffer)
            }
        } catch {
            return nil
        }
    }

    // MARK: - From qpdf's handles to values

    private func convert(_ item: qpdf_oh, depth: Int, owner: PDFReference?) throws(PDFReadingError) -> PDFValue {
        budget -= 1
        guard budget > 0 else { throw .limit("more than \(Limits.values) values") }
        guard depth < Limits.depth else { throw .limit("containers nested deeper than \(Limits.depth)") }
        if depth > 0, unsafe qpdf_oh_is_indirect(handle, item) != 0 {
            let number = unsafe qpdf_oh_get_object_id(handle, item)
            return .reference(PDFReference(number: number, generation: unsafe qpdf_oh_get_generation(handle, item)))
        }
        switch unsafe qpdf_oh_get_type_code(handle, item) {
        case ot_boolean: return .boolean(unsafe qpdf_oh_get_bool_value(handle, item) != 0)
        case ot_integer: return .integer(Int(unsafe qpdf_oh_get_int_value(handle, item)))
        case ot_real: return .real(unsafe text(qpdf_oh_get_real_value(handle, item)))
        case ot_string:
            var length = 0
            let start = unsafe qpdf_oh_get_binary_string_value(handle, item, &length)
            return .string(unsafe Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length)))
        case ot_name: return .name(PDFName(unsafe Array(text(qpdf_oh_get_name(handle, item)).dropFirst())))
        case ot_array:
            var items: [PDFValue] = []
            for index in 0..<max(0, unsafe qpdf_oh_get_array_n_items(handle, item)) {
                let child = unsafe qpdf_oh_get_array_item(handle, item, index)
                defer { unsafe qpdf_oh_release(handle, child) }
                items.append(try convert(child, depth: depth + 1, owner: nil))
            }
            return .array(items)
        case ot_dictionary: return .dictionary(try entries(of: item, depth: depth))
        case ot_stream:
            guard let owner else { throw .damaged("a stream stands inside of another object") }
            let entries = unsafe qpdf_oh_get_dict(handle, item)
            defer { unsafe qpdf_oh_release(handle, entries) }
            return .stream(try self.entries(of: entries, depth: depth), owner)
        default: return .null
        }
    }

    private func entries(of item: qpdf_oh, depth: Int) throws(PDFReadingError) -> PDFDictionary {
        var keys: [[UInt8]] = []
        unsafe qpdf_oh_begin_dict_key_iter(handle, item)
        while unsafe qpdf_oh_dict_more_keys(handle) != 0 {
            guard let key = unsafe qpdf_oh_dict_next_key(handle) else { break }
            keys.append(unsafe text(key))
        }
        var entries: PDFDictionary = [:]
        for key in keys {
            let child = unsafe (key + [0]).withUnsafeBytes { buffer in
                unsafe qpdf_oh_get_key(handle, item, buffer.baseAddress?.assumingMemoryBound(to: CChar.self))
            }
            defer { unsafe qpdf_oh_release(handle, child) }
            let value = try convert(child, depth: depth + 1, owner: nil)
            if value != .null { entries[PDFName(Array(key.dropFirst()))] = value }
        }
        return entries
    }

    private func text(_ start: UnsafePointer<CChar>?) -> [UInt8] {
        guard let start = unsafe start else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
    }

    private func check() throws(PDFReadingError) {
        if unsafe qpdf_has_error(handle) != 0 { throw failure() }
    }

    private func failure() -> PDFReadingError {
        guard let error = unsafe qpdf_get_error(handle) else { return .damaged("qpdf gave no reason") }
        if unsafe qpdf_get_error_code(handle, error) == qpdf_e_password { return .password }
        return .damaged(unsafe String(decoding: text(qpdf_get_error_message_detail(handle, error)), as: UTF8.self))
    }
}
