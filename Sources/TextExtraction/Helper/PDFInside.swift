/// What a PDF has beside the text of its pages.
struct PDFInside: Codable, Hashable {
    /// A comment on a page, or a form's field and its value.
    struct Remark: Codable, Hashable {
        /// On which page.
        var page: Int
        /// `comment` or `field`.
        var kind: TextSpan.Kind
        /// The words of a comment, or the value of a field.
        var text: String
        /// What a field is called.
        var label: String?
        /// Who wrote it, as the file says.
        var author: String?
        /// When, as the file says, to the letter.
        var date: String?
        /// Whether the page shows it too: then its words may stand in the page's own text.
        var isPainted = false
    }

    /// A file that is attached.
    struct Attached: Codable, Hashable {
        /// Its name; what it is called where it has none.
        var name: String
        /// The object that holds it.
        var object: PDFObjects.Name
    }

    /// Comments and values of fields, by their pages.
    var remarks: [Remark] = []
    /// The texts and values of an XFA form, line by line.
    var form: [String] = []
    /// Whether the form alone is the document, and its pages only say so.
    var isFormAlone = false
    /// Files that are attached, each once.
    var files: [Attached] = []
    /// Names of layers that are switched off.
    var hidden: [String] = []
    /// What is there and not read, in words.
    var unread: [String] = []
    /// What damage qpdf tells of.
    var complaint: String?
    /// Whether there is more than is looked at.
    var isCut = false
}
