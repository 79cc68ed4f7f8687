/// Text that comes from elsewhere, on a page of HTML.
package enum HTMLText {
    /// The text with the five characters that mean something in HTML written out, wherever they stand.
    ///
    /// By bytes: going by characters, a quotation mark with a combining accent behind it is another character, stays, and
    /// ends the attribute that it stands in. Bytes are not deceived.
    package static func escaped(_ text: String) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
