/// The comments of one sheet.
final class SheetComments: XMLHandler {
    private(set) var comments: [(cell: String, text: String, author: String?)] = []
    private var authors: [String] = []
    private var current: (cell: String, author: String?)?
    private var builder: TextBuilder
    private var isAuthor = false
    private var isCollecting = false
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        builder = TextBuilder(limit: limit)
    }

    var isFinished: Bool { comments.count > 100_000 }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "author":
            isAuthor = true
            builder = TextBuilder(limit: limit)
        case "comment":
            let author = attributes["authorId"].flatMap { Int($0) }.flatMap {
                authors.indices.contains($0) ? authors[$0] : nil
            }
            current = (attributes["ref"] ?? "", author)
            builder = TextBuilder(limit: limit)
        case "t": isCollecting = true
        default: break
        }
    }

    func end(_ name: String) {
        switch name {
        case "author":
            authors.append(builder.text)
            isAuthor = false
        case "comment":
            if let current { comments.append((current.cell, builder.text, current.author)) }
            current = nil
        case "t": isCollecting = false
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        if isAuthor || isCollecting { unsafe builder.append(piece) }
    }
}

/// The comments of one sheet that are talks: of Excel since 2018.
final class ThreadedComments: XMLHandler {
    /// One remark of a talk.
    struct Remark {
        let cell: String
        let person: String?
        let date: String?
        var text: String
    }

    private(set) var remarks: [Remark] = []
    private var builder: TextBuilder
    private var current: Remark?
    private var isCollecting = false
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        builder = TextBuilder(limit: limit)
    }

    var isFinished: Bool { remarks.count > 100_000 }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "threadedComment":
            current = Remark(
                cell: attributes["ref"] ?? "",
                person: attributes["personId"],
                date: attributes["dT"],
                text: ""
            )
            builder = TextBuilder(limit: limit)
        case "text": isCollecting = current != nil
        default: break
        }
    }

    func end(_ name: String) {
        switch name {
        case "threadedComment":
            guard var remark = current else { break }
            remark.text = builder.text
            remarks.append(remark)
            current = nil
        case "text": isCollecting = false
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) { if isCollecting { unsafe builder.append(piece) } }
}

/// The people of a workbook who take part in talks, by their marks.
final class CommentPersons: XMLHandler {
    private(set) var names: [String: String] = [:]

    var isFinished: Bool { names.count > 10_000 }

    func start(_ name: String, _ attributes: XMLAttributes) {
        if name == "person", let id = attributes["id"] { names[id] = attributes["displayName"] }
    }

    func end(_ name: String) {}

    func text(_ piece: UnsafeBufferPointer<UInt8>) {}
}
