/// The formats whose content is read; what else is kept is kept all the same, and named.
package enum DocumentFormat: String, Hashable, Sendable, Codable, CaseIterable {
    /// Portable Document Format (ISO 32000).
    case pdf
    /// Tagged Image File Format, one page or many.
    case tiff
    /// JPEG (ISO/IEC 10918).
    case jpeg
    /// Portable Network Graphics.
    case png
    /// Graphics Interchange Format; of one that moves, the first picture.
    case gif
    /// A bitmap of Windows.
    case bmp
    /// JPEG 2000 (ISO/IEC 15444).
    case jp2
    /// WebP; of one that moves, the first picture.
    case webp
    /// HEIC and AVIF, as telephones write them (ISO/IEC 23008-12).
    case heif
    /// A text of Office Open XML (ECMA-376).
    case docx
    /// A workbook of Office Open XML.
    case xlsx
    /// A text of OpenDocument (ISO/IEC 26300).
    case odt
    /// A spreadsheet of OpenDocument.
    case ods
    /// A text of Word 97 to 2003.
    case doc
    /// A workbook of Excel 97 to 2003.
    case xls
    /// A page of the web, which programs also save under `.doc` and `.xls`.
    case html
    /// Rich Text Format.
    case rtf
    /// A page of the web with what belongs to it, or a mail of several parts (MIME).
    case mhtml
    /// A workbook of Excel 2003 as one XML file.
    case spreadsheetML = "spreadsheetml"
    /// A text of Word 2003 as one XML file.
    case wordML = "wordml"
    /// Plain text in any encoding.
    case txt

    /// The media type (<https://www.iana.org/assignments/media-types>).
    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .tiff: "image/tiff"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .bmp: "image/bmp"
        case .jp2: "image/jp2"
        case .webp: "image/webp"
        case .heif: "image/heif"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .doc: "application/msword"
        case .xls: "application/vnd.ms-excel"
        case .html: "text/html"
        case .rtf: "text/rtf"
        case .mhtml: "multipart/related"
        case .spreadsheetML: "application/vnd.ms-excel"
        case .wordML: "application/msword"
        case .txt: "text/plain"
        }
    }

    /// The file name extensions that people give it, without the dot, in small letters.
    package var extensions: [String] {
        switch self {
        case .pdf: ["pdf"]
        case .tiff: ["tif", "tiff"]
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .png: ["png"]
        case .gif: ["gif"]
        case .bmp: ["bmp", "dib"]
        case .jp2: ["jp2", "j2k", "jpf", "jpx", "jpc"]
        case .webp: ["webp"]
        case .heif: ["heic", "heif", "hif", "avif", "heics"]
        case .docx: ["docx", "docm", "dotx", "dotm"]
        case .xlsx: ["xlsx", "xlsm", "xltx", "xltm"]
        case .odt: ["odt", "ott"]
        case .ods: ["ods", "ots"]
        case .doc: ["doc", "dot"]
        case .xls: ["xls", "xlt"]
        case .html: ["html", "htm", "xhtml"]
        case .rtf: ["rtf"]
        case .mhtml: ["mhtml", "mht", "eml"]
        case .spreadsheetML, .wordML: ["xml"]
        case .txt: ["txt", "text", "csv", "tsv", "md", "log", "asc"]
        }
    }

    /// Whether it consists of pictures, whose text has to be recognised.
    package var isPicture: Bool { [.tiff, .jpeg, .png, .gif, .bmp, .jp2, .webp, .heif].contains(self) }
}
