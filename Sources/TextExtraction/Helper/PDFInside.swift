/// What a PDF may have beside the text of its pages, as far as its bytes show it.
struct PDFInside: Codable, Hashable {
    /// Whether it may have files attached: they are named, or objects are packed so that nothing can be seen.
    var mayHaveFiles: Bool
    /// Whether it has comments, as programs for reading write them: a note that opens.
    var hasComments: Bool

    /// Looks through a file.
    init(_ bytes: [UInt8]) {
        mayHaveFiles = Self.contains(bytes, "/EmbeddedFile") || Self.contains(bytes, "/ObjStm")
        hasComments = Self.contains(bytes, "/Popup")
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        let mark = Array(text.utf8)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var place = 0
            while place + mark.count <= buffer.count {
                if unsafe buffer[place] == mark[0] {
                    var index = 1
                    while index < mark.count, unsafe buffer[place + index] == mark[index] { index += 1 }
                    if index == mark.count { return true }
                }
                place += 1
            }
            return false
        }
    }
}

extension ReadingFinding {
    /// Something inside of a PDF that is not read; `what` is a sentence that goes on.
    static func insideNotRead(_ what: String) -> ReadingFinding {
        partNotRead(
            "\(what), and that",
            remedy: "open the file in a program that shows it, and file what matters as a document of its own"
        )
    }
}
