import FileSafety
import Fixity
import Foundation
import OCFLStore
import TestSupport
import Testing

enum InventoryCases {
    typealias Case = CodeTests.Case

    static let keys = [
        Case("E036", "no id") { try $0.rewrite { $0["id"] = nil } },
        Case("E036", "no type") { try $0.rewrite { $0["type"] = nil } },
        Case("E037 E110", "an id that is empty") { try $0.rewrite { $0["id"] = "" } },
        Case("E037 E110", "an id that is a number") { try $0.rewrite { $0["id"] = 7 } },
        Case("W005 E110", "an id that is no URI") { try $0.rewrite { $0["id"] = "not a uri" } },
        Case("E038", "a type of another version") {
            try $0.rewrite { $0["type"] = "https://ocfl.io/1.2/spec/#inventory" }
        },
        Case("E038 E103", "a type of an earlier version") {
            try $0.rewrite { $0["type"] = "https://ocfl.io/1.0/spec/#inventory" }
        },
        Case("E025 E058 E059", "content addressed by md5") { try $0.rewrite { $0["digestAlgorithm"] = "md5" } },
        Case("E040", "a head that is not the newest") { try $0.rewrite { $0["head"] = "v1" } },
        Case("E040", "a head that is a number") { try $0.rewrite { $0["head"] = 2 } },
        Case("E041", "no manifest") { try $0.rewrite { $0["manifest"] = nil } },
        Case("E041 E043", "no versions") { try $0.rewrite { $0["versions"] = nil } },
        Case("E102", "an unknown key") { try $0.rewrite { $0["extra"] = ["deep": [[1], ["a": "b"]]] } },
        Case("E102", "an unknown key of a version") { try $0.rewriteVersion("v2") { $0["extra"] = "x" } },
        Case("E102", "an unknown key of a user") {
            try $0.rewriteVersion("v2") { $0["user"] = ["name": "x", "address": "mailto:x@y", "extra": 1] }
        },
        Case("E041 E043 E044 E102", "versions in capital letters") { sample in
            try sample.rewrite {
                $0["Versions"] = $0["versions"]
                $0["versions"] = nil
            }
        },
        Case("E055 E102", "fixity in capital letters") { try $0.rewrite { $0["Fixity"] = [String: Any]() } },
        Case("E045", "versions that are a list") { try $0.rewrite { $0["versions"] = [Any]() } },
        Case("E106", "a manifest that is null") { try $0.rewrite { $0["manifest"] = NSNull() } },
        Case("E111", "fixity that is null") { try $0.rewrite { $0["fixity"] = NSNull() } },
    ]

    /// Texts that are no inventory: each with what a line of it is replaced by.
    static let json = [
        Case("E033", "a byte order mark") { try prefix($0, [0xEF, 0xBB, 0xBF]) },
        Case("E033", "text behind the value") { try replace($0) { $0 + Array("x".utf8) } },
        Case("E033", "a second value behind the first") { try replace($0) { $0 + $0 } },
        Case("E033", "a hundred thousand nested lists") {
            try replace($0) { _ in Array(repeating: 0x5B, count: 100_000) }
        },
        Case("E033 E102", "a hundred thousand nested lists under a key") {
            try replace($0) { _ in Array("{\"a\":".utf8) + Array(repeating: 0x5B, count: 100_000) }
        },
        Case("E033", "half a surrogate pair") { try swap($0, "Received", "\\uD800") },
        Case("E033", "bytes that are no UTF-8") { try swap($0, "Received", [0xC3, 0x28]) },
        Case("E033", "a control character") { try swap($0, "Received", "Rec\u{1}eived") },
        Case("E033", "a key twice") { try swap($0, "\"head\"", "\"head\" : \"v2\", \"head\"") },
        Case("E033 E047", "a version twice") { try swap($0, "\"versions\" : {", "\"versions\" : { \"v1\" : 1,") },
        Case("E033", "single quotation marks") { try swap($0, "\"head\"", "'head'") },
        Case("E033", "a comma too many") { try swap($0, "\"head\" : \"v2\",", "\"head\" : \"v2\",,") },
        Case("E033", "a list") { try replace($0) { _ in Array("[]".utf8) } },
        Case("E033", "nothing") { try replace($0) { _ in [] } },
        Case("E034 E063", "an inventory that is a folder") {
            try $0.remove("inventory.json")
            try $0.makeFolder("inventory.json")
        },
        Case("E034", "an inventory of a version that is a folder") {
            try $0.remove("v1/inventory.json")
            try $0.makeFolder("v1/inventory.json")
        },
        Case("E063", "no inventory") { try $0.remove("inventory.json") },
        Case("E063 E090", "an inventory that is a link") {
            try $0.remove("inventory.json")
            try $0.link("inventory.json", to: "v2/inventory.json")
        },
        Case("W010", "a version without inventory") {
            try $0.remove("v1/inventory.json")
            try $0.remove("v1/inventory.json.sha512")
        },
    ]

    static let digests = [
        Case("E058", "no sidecar") { try $0.remove("inventory.json.sha512") },
        Case("E058 E059", "a sidecar of another algorithm") {
            try $0.remove("inventory.json.sha512")
            try $0.seal("inventory.json", .sha256)
        },
        Case("E060", "a sidecar that names another digest") {
            try $0.write("v1/inventory.json.sha512", (String(repeating: "0", count: 128) + " inventory.json\n").utf8)
        },
        Case("E061", "a sidecar that names another file") {
            try $0.write(
                "inventory.json.sha512",
                (Digest.of($0.read("inventory.json"), .sha512).hex + " x.json\n").utf8
            )
        },
        Case("E061", "a sidecar without a name") {
            try $0.write("v1/inventory.json.sha512", Digest.of($0.read("v1/inventory.json"), .sha512).hex.utf8)
        },
        Case("E061", "a sidecar that begins with a space") {
            try $0.write("v1/inventory.json.sha512", [0x20] + $0.read("v1/inventory.json.sha512"))
        },
        Case("E031 E050 E107", "a digest that is no hexadecimal number") {
            try swapDigest($0, of: "c") { "x" + $0.dropFirst() }
        },
        Case("E031 E050 E107", "a digest that is too short") { try swapDigest($0, of: "c") { String($0.dropLast(2)) } },
        Case("E039 E050 E107", "a digest of another algorithm") {
            try swapDigest($0, of: "c") { _ in Digest.of("c".utf8, .sha256).hex }
        },
        Case("E050", "a digest in capital letters in the manifest only") {
            try swapDigest($0, of: "c") { $0.uppercased() }
        },
        Case("W004", "content addressed by sha256, after a version addressed by sha512") { try readdress($0) },
        Case("E030 E050 E107 W004", "a sha256 that is no hexadecimal number") { sample in
            try readdress(sample)
            let digest = Digest.of("c".utf8, .sha256).hex
            for folder in ["", "v2/"] {
                let text = String(decoding: try sample.read(folder + "inventory.json"), as: UTF8.self)
                let range = try #require(text.range(of: digest))
                let name = folder + "inventory.json"
                try sample.write(name, text.replacingCharacters(in: range, with: "x" + digest.dropFirst()).utf8)
                try sample.seal(name, .sha256)
            }
        },
        Case("E066 E107 W004", "another state after the algorithm was changed") { sample in
            try sample.rewriteVersion("v1") { version in
                version["state"] = [Digest.of("one".utf8, .sha512).hex: ["renamed"]]
            }
            try readdress(sample)
        },
    ]

    static let blocks = [
        Case("E092", "a digest without content") { sample in
            let digest = Digest.of("new".utf8, .sha512).hex
            try sample.rewriteVersion("v2") { try state(&$0) { $0[digest] = ["new"] } }
            try manifest(sample) { $0[digest] = [String]() }
        },
        Case("E092", "a manifest that maps a digest to a text") { sample in
            try sample.remove("v2/content/files")
            try manifest(sample) { $0[Digest.of("c".utf8, .sha512).hex] = "v2/content/files/c.pdf" }
        },
        Case("E096", "a digest twice in the manifest, in two cases") { sample in
            try sample.write("v2/content/copy", "c".utf8)
            try manifest(sample) { $0[Digest.of("c".utf8, .sha512).hex.uppercased()] = ["v2/content/copy"] }
        },
        Case("E107", "a digest that no version uses") { sample in
            try sample.write("v2/content/unused", "unused".utf8)
            try manifest(sample) { $0[Digest.of("unused".utf8, .sha512).hex] = ["v2/content/unused"] }
        },
        Case("E035 E092", "a content path with backslashes") { try addPath($0, "v2\\content\\x") },
        Case("E042 E092", "a content path from elsewhere") { try addPath($0, "content/x") },
        Case("E042 E092", "a content path in a version that is not there") { try addPath($0, "v7/content/x") },
        Case("E098", "a content path that is a number") { sample in try addPath(sample, 7) },
        Case("E099", "a content path with ..") { try addPath($0, "v2/content/../x") },
        Case("E099", "an empty content path") { try addPath($0, "") },
        Case("E100", "a content path with a slash at its end") { try addPath($0, "v2/content/x/") },
        Case("E100", "a content path from the top") { try addPath($0, "/etc/hostname") },
        Case("E101", "a content path twice") { try addPath($0, "v2/content/files/c.pdf") },
        Case("E092 E101", "a content path below a file") { try addPath($0, "v2/content/files/c.pdf/x") },
        Case("E051", "a logical path that is a number") { try addLogical($0, [7]) },
        Case("E051", "logical paths that are no list") { sample in
            try sample.rewriteVersion("v2") { try state(&$0) { $0[Digest.of("c".utf8, .sha512).hex] = "files/c.pdf" } }
        },
        Case("E052", "a logical path upwards") { try addLogical($0, ["../x"]) },
        Case("E052", "a logical path without a name") { try addLogical($0, ["a//b"]) },
        Case("E052", "an empty logical path") { try addLogical($0, [""]) },
        Case("E053", "a logical path from the top") { try addLogical($0, ["/x"]) },
        Case("E053", "a logical path with a slash at its end") { try addLogical($0, ["x/"]) },
        Case("E095", "a logical path twice") { try addLogical($0, ["record.json"]) },
        Case("E095", "a logical path below a file") { try addLogical($0, ["record.json/x"]) },
        Case("E028", "fixity by an algorithm that nobody knows") {
            try fixity($0, "crc32", ["cbf43926": ["v1/content/record.json"]])
        },
        Case("E029", "a sha1 that is none") { try fixity($0, "sha1", ["xyz": ["v1/content/record.json"]]) },
        Case("E032", "a blake2b-512 that is too short") {
            try fixity($0, "blake2b-512", ["ab": ["v1/content/record.json"]])
        },
        Case("E057", "a size with a zero in front") { try fixity($0, "size", ["03": ["v1/content/record.json"]]) },
        Case("E093", "a size that is wrong") { try fixity($0, "size", ["4": ["v1/content/record.json"]]) },
        Case("E057 E093", "fixity of a file that no manifest names") {
            try fixity($0, "md5", [Digest.of("x".utf8, .md5).hex: ["v1/content/nothing"]])
        },
        Case("E057", "fixity that is a list") { try $0.rewrite { $0["fixity"] = ["md5": [Any]()] } },
        Case("E057", "fixity of a number") { try fixity($0, "md5", [Digest.of("x".utf8, .md5).hex: [1]]) },
        Case("E097", "a digest twice in the fixity, in two cases") {
            let digest = Digest.of("one".utf8, .sha1).hex
            try fixity($0, "sha1", [digest: ["v1/content/record.json"], digest.uppercased(): [String]()])
        },
        Case("E093", "fixity of other bytes in an old inventory only") {
            try fixity(
                $0,
                "md5",
                [Digest.of("x".utf8, .md5).hex: ["v1/content/record.json"]],
                in: ["v1/inventory.json"]
            )
        },
    ]

    // MARK: - Helpers

    static func replace(_ sample: StoreSample, _ change: ([UInt8]) -> [UInt8]) throws {
        let bytes = change(try sample.read("inventory.json"))
        for folder in ["", "v2/"] {
            try sample.write(folder + "inventory.json", bytes)
            try sample.seal(folder + "inventory.json")
        }
    }

    static func prefix(_ sample: StoreSample, _ bytes: [UInt8]) throws { try replace(sample) { bytes + $0 } }

    static func swap(_ sample: StoreSample, _ old: String, _ new: String) throws {
        try swap(sample, old, Array(new.utf8))
    }

    /// Puts other bytes in the place of the last occurrence of a text.
    static func swap(_ sample: StoreSample, _ old: String, _ new: [UInt8]) throws {
        try replace(sample) { bytes in
            guard let range = Data(bytes).range(of: Data(old.utf8), options: .backwards) else { return bytes }
            return Array(bytes[..<range.lowerBound]) + new + bytes[range.upperBound...]
        }
    }

    /// Gives the content with these bytes another digest in the manifest of the newest inventory.
    static func swapDigest(_ sample: StoreSample, of text: String, _ change: (String) -> String) throws {
        let digest = Digest.of(text.utf8, .sha512).hex
        try sample.rewrite { inventory in
            var manifest = try #require(inventory["manifest"] as? [String: Any])
            manifest[change(digest)] = manifest.removeValue(forKey: digest)
            inventory["manifest"] = manifest
        }
    }

    static func manifest(_ sample: StoreSample, _ change: (inout [String: Any]) -> Void) throws {
        try sample.rewrite { inventory in
            var manifest = try #require(inventory["manifest"] as? [String: Any])
            change(&manifest)
            inventory["manifest"] = manifest
        }
    }

    /// Names a further content path under a digest that the manifest has already.
    static func addPath(_ sample: StoreSample, _ path: Any) throws {
        let digest = Digest.of("c".utf8, .sha512).hex
        try manifest(sample) { $0[digest] = (($0[digest] as? [Any]) ?? []) + [path] }
    }

    static func addLogical(_ sample: StoreSample, _ paths: [Any]) throws {
        try sample.rewriteVersion("v2") { version in
            try state(&version) { $0[Digest.of("c".utf8, .sha512).hex] = ["files/c.pdf"] + paths }
        }
    }

    static func state(_ version: inout [String: Any], _ change: (inout [String: Any]) -> Void) throws {
        var state = try #require(version["state"] as? [String: Any])
        change(&state)
        version["state"] = state
    }

    static func fixity(
        _ sample: StoreSample,
        _ algorithm: String,
        _ block: [String: [Any]],
        in inventories: [String] = ["inventory.json", "v2/inventory.json"]
    ) throws {
        try sample.rewrite(inventories) { $0["fixity"] = [algorithm: block] }
    }

    /// Gives the newest inventory SHA-256 for its digests.
    static func readdress(_ sample: StoreSample) throws {
        try sample.rewrite { $0["digestAlgorithm"] = "sha256" }
        for folder in ["", "v2/"] {
            var text = String(decoding: try sample.read(folder + "inventory.json"), as: UTF8.self)
            for content in ["one", "two", "a", "b", "c"] {
                text = text.replacing(Digest.of(content.utf8, .sha512).hex, with: Digest.of(content.utf8, .sha256).hex)
            }
            try sample.write(folder + "inventory.json", text.utf8)
            try sample.seal(folder + "inventory.json", .sha256)
            try sample.remove(folder + "inventory.json.sha512")
        }
    }
}
