import Acts
import ArchiveHome
import Catalogue
import Disposal
import RecordsModel

/// What was read of a paper, held against the list that it is evidence of.
///
/// A recogniser misreads, and a paper may name its list in a picture: so a person is told, and nothing is refused. Of a
/// paper that was not read nothing is said.
struct EvidenceText {
    private let text: String

    /// What was read of the newest version of a record; nil where nothing was.
    init?(of id: RecordID, in catalogue: CatalogueDatabase) throws {
        guard let version = try catalogue.summary(of: id)?.head else { return nil }
        var pages: [String] = []
        for file in try catalogue.readFiles(of: id, version: version) where file.line != nil {
            pages += try catalogue.reading(of: file.digest)?.pages.map(\.text) ?? []
        }
        let text = Self.words(of: pages.joined(separator: " "))
        if text.isEmpty { return nil }
        self.text = text
    }

    /// What the paper does not name and should: the list, and on the consideration each who assessed it.
    func remarks(_ id: RecordID, as slot: EvidenceSlot, of list: DisposalList) -> [String] {
        // The decree that forms the panitia is older than any list.
        if slot == .committeeDecree { return [] }
        var remarks: [String] = []
        if !text.contains(list.id.description.lowercased()) {
            remarks.append(
                "'\(id)' was read, and its text does not name \(list.id): look whether it is the right paper"
            )
        }
        guard slot == .consideration else { return remarks }
        let names = Set(list.opinions.values.joined().map(\.by)).sorted()
        let silent = names.filter { !text.contains(Self.words(of: $0)) }
        if !silent.isEmpty {
            let who = silent.map { "'\($0.displayed)'" }.joined(separator: ", ")
            remarks.append("'\(id)' was read, and its text does not name \(who) of the panitia: look at it")
        }
        return remarks
    }

    /// A text as it is compared: in lower case, with one space between two words.
    private static func words(of text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
