import ArchiveHome
import Operations
import RecordsModel

/// How it is shown what became of what was taken in.
enum IngestRendering {
    /// Tells faults: on standard error, or as JSON Lines.
    static func tell(_ faults: [Fault], _ common: CommonOptions) throws {
        for fault in faults {
            if common.json {
                Terminal.result(String(decoding: try CanonicalJSON.line(fault.object), as: UTF8.self))
            } else {
                Terminal.error(fault.line)
            }
        }
    }

    /// Tells what became of one row.
    static func tell(_ item: IngestItem, _ common: CommonOptions) throws {
        switch item {
        case .kept(let row, let path, let record, let version, let bytes):
            try common.tell(
                "kept          \(RecordReference(id: record, version: version))  \(path.displayed)",
                [
                    "bytes": .integer(bytes), "kind": .string("kept"), "path": .string(path),
                    "record": .string(record.description), "row": .integer(row), "version": .integer(version),
                ]
            )
        case .alreadyKept(let row, let path, let record, let version, let differences):
            try common.tell(
                "already kept  \(RecordReference(id: record, version: version))  \(path.displayed)",
                [
                    "differences": .array(
                        differences.map {
                            .object(["field": .string($0.field), "here": .string($0.here), "kept": .string($0.there)])
                        }
                    ),
                    "kind": .string("already-kept"), "path": .string(path), "record": .string(record.description),
                    "row": .integer(row), "version": .integer(version),
                ]
            )
            guard !common.json else { return }
            for difference in differences {
                Terminal.error(
                    "note: row \(row), \(difference.field): '\(difference.here.displayed)' here, '\(difference.there.displayed)' kept as "
                        + "\(RecordReference(id: record, version: version)); what is kept was not changed"
                )
            }
        case .failed(let fault), .warned(let fault): try tell([fault], common)
        }
    }
}
