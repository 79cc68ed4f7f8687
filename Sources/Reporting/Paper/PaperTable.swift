package import RecordsModel

/// One table of a paper: columns, rows and totals.
///
/// Every row has as many cells as there are columns, by construction.
package struct PaperTable: Hashable, Sendable {
    /// What stands in the cells of a column.
    package enum CellKind: String, Hashable, Sendable {
        /// Texts.
        case text = "text"
        /// Whole numbers.
        case number = "number"
        /// Civil dates.
        case date = "date"
    }

    /// One column.
    package struct Column: Hashable, Sendable {
        /// The heading in the words of the form.
        package let heading: String
        /// The stable name.
        package let key: String
        /// What stands in its cells.
        package let kind: CellKind
        /// How wide it should be, in millimetres; a hint, from 5.
        package let width: Int
        /// Whether an empty cell is in order, as in a column for remarks: it lacks something only where all are empty.
        package let mayLack: Bool
    }

    /// One cell.
    package enum Cell: Hashable, Sendable {
        /// A text.
        case text(String)
        /// A whole number.
        case number(Int)
        /// A day.
        case date(CivilDate)
        /// Nothing is known.
        case empty

        /// A text, or nothing.
        package init(_ text: String?) { self = text.map(Cell.text) ?? .empty }
        /// A day, or nothing.
        package init(_ date: CivilDate?) { self = date.map(Cell.date) ?? .empty }

        /// Whether nothing is to be read in it.
        package var isBlank: Bool {
            switch self {
            case .text(let text): PaperText.isBlank(text)
            case .number, .date: false
            case .empty: true
            }
        }

        /// What is read in it: printable, dates as `24 November 2026`.
        package var words: String {
            switch self {
            case .text(let text): PaperText.printable(text)
            case .number(let number): String(number)
            case .date(let date): IndonesianWords.day(date)
            case .empty: ""
            }
        }
    }

    /// How a column comes out of an item: what a table is made from.
    package struct Field<Item>: Sendable {
        let column: Column
        let cell: @Sendable (_ number: Int, _ item: Item) -> Cell

        /// A column and how to fill it; `number` counts the items from 1.
        package init(
            _ heading: String,
            key: String,
            kind: CellKind = .text,
            width: Int,
            mayLack: Bool = false,
            cell: @escaping @Sendable (_ number: Int, _ item: Item) -> Cell
        ) {
            column = Column(heading: heading, key: key, kind: kind, width: max(5, width), mayLack: mayLack)
            self.cell = cell
        }
    }

    /// A line below the rows.
    package struct Total: Hashable, Sendable {
        /// What is counted.
        package let heading: String
        /// How much.
        package let value: String

        /// A total out of its parts.
        package init(_ heading: String, _ value: String) {
            self.heading = heading
            self.value = value
        }
    }

    /// The stable name: lower-case letters, digits and hyphens; also part of file names.
    package let id: String
    /// What it is called.
    package let title: String
    /// The columns.
    package let columns: [Column]
    /// The rows.
    package let rows: [[Cell]]
    /// Lines below the rows, which are no rows.
    package var totals: [Total]

    /// A table of items, a row each, in their order.
    package init<Item>(id: String, title: String, fields: [Field<Item>], items: [Item], totals: [Total] = []) {
        self.id = id
        self.title = title
        columns = fields.map(\.column)
        rows = items.enumerated().map { place, item in fields.map { $0.cell(place + 1, item) } }
        self.totals = totals
    }

    /// The widths of all columns together, in millimetres.
    package var width: Int { columns.reduce(0) { $0 + $1.width } }
}
