import FileSafety
import Fixity
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

/// The layouts of the registered extensions, with the examples of their own texts:
/// <https://github.com/OCFL/extensions/tree/main/docs>.
@Suite(.scratch)
struct LayoutTests {
    /// An id, and where a layout puts it; nil for nowhere.
    struct Vector: Sendable, CustomTestStringConvertible {
        let layout: StorageLayout?
        let id: String
        let path: String?

        var testDescription: String { "\(layout?.name.prefix(4) ?? "-") \(id.prefix(60))" }

        init(_ layout: StorageLayout?, _ id: String, _ path: String?) {
            self.layout = layout
            self.id = id
            self.path = path
        }
    }

    private static let md5 = HashedTuples(algorithm: .md5, tupleSize: 2, numberOfTuples: 15)
    private static let none = HashedTuples(algorithm: .sha256, tupleSize: 0, numberOfTuples: 0)
    private static let reversed = PrefixTuples(
        delimiter: ":",
        tupleSize: 4,
        numberOfTuples: 2,
        padding: .left,
        isReversed: true
    )
    private static let right = PrefixTuples(
        delimiter: "EDU/",
        tupleSize: 3,
        numberOfTuples: 3,
        padding: .right,
        isReversed: false
    )
    private static let sha256 = "3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4"

    private static let hashed = [
        Vector(.hashed(.standard, shortObjectRoot: false), "object-01", "3c0/ff4/240/\(sha256)"),
        Vector(.hashed(.standard, shortObjectRoot: true), "object-01", "3c0/ff4/240/\(sha256.dropFirst(9))"),
        Vector(
            md5.map { .hashed($0, shortObjectRoot: true) },
            "object-01",
            "ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/4e"
        ),
        Vector(
            md5.map { .hashed($0, shortObjectRoot: true) },
            "..hor/rib:le-$id",
            "08/31/97/66/fb/6c/29/35/dd/17/5b/94/26/77/17/e0"
        ),
        Vector(none.map { .hashed($0, shortObjectRoot: false) }, "object-01", sha256),
        Vector(none.map { .hashAndID($0) }, "..hor/rib:le-$id", "%2e%2ehor%2frib%3ale-%24id"),
        Vector(
            md5.map { .hashAndID($0) },
            "object-01",
            "ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/object-01"
        ),
        Vector(.standard, "", nil),
    ]

    private static let flat = [
        Vector(.flatDirect, "object-01", "object-01"), Vector(.flatDirect, "..hor_rib:lé-$id", "..hor_rib:lé-$id"),
        Vector(.flatDirect, "info:fedora/object-01", nil), Vector(.flatDirect, "..", nil),
        Vector(.flatDirect, "extensions", nil), Vector(.flatDirect, "", nil),
        Vector(.flatDirect, String(repeating: "a", count: 256), nil),
        Vector(.flatOmitPrefix(delimiter: ":"), "namespace:12887296", "12887296"),
        Vector(
            .flatOmitPrefix(delimiter: ":"),
            "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
            "6e8bc430-9c3a-11d9-9669-0800200c9a66"
        ),
        Vector(.flatOmitPrefix(delimiter: "edu/"), "https://institution.edu/3448793", "3448793"),
        Vector(.flatOmitPrefix(delimiter: "EDU/"), "https://institution.edu/abc/edu/f8.05v", "f8.05v"),
        Vector(.flatOmitPrefix(delimiter: "info:"), "info:fedora/object-01", nil),
        Vector(.flatOmitPrefix(delimiter: ":"), "namespace:", nil),
        Vector(.flatOmitPrefix(delimiter: ":"), "plain", "plain"),
    ]

    private static let tuples = [
        Vector(reversed.map { .tuplesOmitPrefix($0) }, "namespace:12887296", "6927/8821/12887296"),
        Vector(
            reversed.map { .tuplesOmitPrefix($0) },
            "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
            "66a9/c002/6e8bc430-9c3a-11d9-9669-0800200c9a66"
        ),
        Vector(reversed.map { .tuplesOmitPrefix($0) }, "abc123", "321c/ba00/abc123"),
        Vector(right.map { .tuplesOmitPrefix($0) }, "https://institution.edu/3448793", "344/879/300/3448793"),
        Vector(right.map { .tuplesOmitPrefix($0) }, "https://institution.edu/abc/edu/f8.05v", "f8./05v/000/f8.05v"),
        Vector(.tuplesOmitPrefix(.standard), "x:", nil), Vector(.tuplesOmitPrefix(.standard), "é", nil),
        Vector(.tuplesOmitPrefix(.standard), "a/b", nil), Vector(.tuplesOmitPrefix(.standard), "1", "000/000/001/1"),
        Vector(
            PrefixTuples(delimiter: ":", tupleSize: 1, numberOfTuples: 2, padding: .left, isReversed: false)
                .map { .tuplesOmitPrefix($0) },
            ".a",
            nil
        ),
    ]

    @Test(arguments: hashed + flat + tuples)
    func `an id lies where its layout puts it`(vector: Vector) throws {
        let layout = try #require(vector.layout)
        #expect(layout.path(of: vector.id) == vector.path)
    }

    @Test(arguments: [(-1, 3), (33, 3), (3, -1), (3, 33), (0, 3), (3, 0), (13, 5)])
    func `tuples beyond the registered limits are none`(size: Int, count: Int) {
        #expect(HashedTuples(algorithm: .sha256, tupleSize: size, numberOfTuples: count) == nil)
    }

    private static let written: [StorageLayout] = [
        .flatDirect, .standard, .hashed(.standard, shortObjectRoot: true), .flatOmitPrefix(delimiter: ":\"\\"),
        .tuplesOmitPrefix(.standard), md5.map { .hashed($0, shortObjectRoot: true) } ?? .standard,
        reversed.map { .tuplesOmitPrefix($0) } ?? .standard, none.map { .hashAndID($0) } ?? .standard,
    ]

    @Test(arguments: written)
    func `a root is opened with the layout that it was made with, and its objects lie right`(layout: StorageLayout)
        throws
    {
        let sample = try StoreSample(layout: layout)
        #expect(try StorageRoot.open(sample.path).layout == layout)
        try sample.add([StoreSample.version(["record.json": "one"])])
        #expect(try sample.strays().isEmpty)
        #expect(try StorageRoot.open(sample.path).inventory(of: StoreSample.id).id == StoreSample.id)
    }

    @Test func `a store of today has the bytes that stores have always had`() throws {
        let sample = try StoreSample()
        let config = try String(
            contentsOfFile: sample.path.pushing("extensions/0003-hash-and-id-n-tuple-storage-layout/config.json")
                .string,
            encoding: .utf8
        )
        #expect(
            config == """
                {
                  "digestAlgorithm" : "sha256",
                  "extensionName" : "0003-hash-and-id-n-tuple-storage-layout",
                  "numberOfTuples" : 3,
                  "tupleSize" : 3
                }

                """
        )
        let layout = try String(contentsOfFile: sample.path.appending("ocfl_layout.json").string, encoding: .utf8)
        #expect(
            layout == """
                {
                  "description" : "Hashed truncated n-tuple trees with encoded object ids encapsulating objects",
                  "extension" : "0003-hash-and-id-n-tuple-storage-layout"
                }

                """
        )
    }

    /// Parameters as another program may have written them, and the layout that they make; nil for none.
    private static let parameters: [(String, String?, StorageLayout?)] = [
        ("0002-flat-direct-storage-layout", nil, .flatDirect),
        ("0003-hash-and-id-n-tuple-storage-layout", nil, .standard),
        ("0003-hash-and-id-n-tuple-storage-layout", "{}", nil),
        ("0003-hash-and-id-n-tuple-storage-layout", #""tupleSize":3"#, .standard),
        ("0003-hash-and-id-n-tuple-storage-layout", #""tupleSize":0,"numberOfTuples":0"#, none.map { .hashAndID($0) }),
        ("0003-hash-and-id-n-tuple-storage-layout", #""tupleSize":0"#, nil),
        ("0003-hash-and-id-n-tuple-storage-layout", #""tupleSize":"3""#, nil),
        ("0003-hash-and-id-n-tuple-storage-layout", #""tupleSize":3.0"#, nil),
        ("0003-hash-and-id-n-tuple-storage-layout", #""digestAlgorithm":"crc32""#, nil),
        ("0004-hashed-n-tuple-storage-layout", nil, .hashed(.standard, shortObjectRoot: false)),
        (
            "0004-hashed-n-tuple-storage-layout",
            #""digestAlgorithm":"md5","tupleSize":2,"numberOfTuples":15,"shortObjectRoot":true"#,
            md5.map { .hashed($0, shortObjectRoot: true) }
        ),
        (
            "0004-hashed-n-tuple-storage-layout",
            #""digestAlgorithm":"md5","tupleSize":2,"numberOfTuples":16,"shortObjectRoot":true"#, nil
        ),
        ("0006-flat-omit-prefix-storage-layout", nil, nil),
        ("0006-flat-omit-prefix-storage-layout", #""delimiter":"""#, nil),
        ("0006-flat-omit-prefix-storage-layout", #""delimiter":":""#, .flatOmitPrefix(delimiter: ":")),
        ("0007-n-tuple-omit-prefix-storage-layout", nil, .tuplesOmitPrefix(.standard)),
        ("0007-n-tuple-omit-prefix-storage-layout", #""zeroPadding":"middle""#, nil),
        ("0007-n-tuple-omit-prefix-storage-layout", #""reverseObjectRoot":"yes""#, nil),
        ("0010-differential-n-tuple-omit-prefix-storage-layout", nil, nil), ("9999-ours", nil, nil),
    ]

    @Test(arguments: parameters)
    func `parameters are read as they are registered, with their defaults`(
        name: String,
        parameters: String?,
        layout: StorageLayout?
    ) throws {
        let sample = try StoreSample(layout: .flatDirect)
        try RootCases.write(sample, "ocfl_layout.json", "{\"extension\":\"\(name)\",\"description\":\"x\"}")
        if let parameters {
            let text = parameters == "{}" ? parameters : "{\"extensionName\":\"\(name)\",\(parameters)}"
            try RootCases.write(sample, "extensions/\(name)/config.json", text)
        }
        if let layout {
            #expect(try StorageRoot.open(sample.path).layout == layout)
        } else {
            #expect(throws: OCFLError(.unsupported, subject: "", message: "", remedy: "")) {
                try StorageRoot.open(sample.path)
            }
        }
    }

    @Test func `an id that has no place in the layout is refused before anything is written`() throws {
        let sample = try StoreSample(layout: .flatDirect)
        #expect(throws: OCFLError(.unsupported, subject: "", message: "", remedy: "")) {
            try sample.root.folder(of: "info:fedora/object-01")
        }
    }
}
