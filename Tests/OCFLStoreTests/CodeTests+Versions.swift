import FileSafety
import Fixity
import Foundation
import OCFLStore
import TestSupport
import Testing

enum VersionCases {
    typealias Case = CodeTests.Case

    static let all = names + values

    private static let names = [
        Case("E008 E040 E046", "no versions") { try $0.rewrite { $0["versions"] = [String: Any]() } },
        Case("E008 E010 E046 E092", "no version folders") {
            try $0.remove("v1")
            try $0.remove("v2")
        },
        Case("E009", "versions from 2 on") { try rename($0, [("v2", "v3"), ("v1", "v2")]) },
        Case("E010", "a gap in the versions") { try rename($0, [("v2", "v3")]) },
        Case("E010 E046 E092", "a version folder that is missing") { try $0.remove("v1") },
        Case("E046", "a version folder that no inventory names") { try $0.makeFolder("v3") },
        Case("E046 E092", "a version that is a file") {
            try $0.remove("v2")
            try $0.write("v2", [])
        },
        Case("W001", "padded versions") { try rename($0, [("v2", "v02"), ("v1", "v01")]) },
        Case("E012", "a padded version behind an unpadded one") { try rename($0, [("v2", "v02")]) },
        Case("E012 W001", "an unpadded version behind a padded one") { try rename($0, [("v1", "v0001")]) },
        Case("E011 E013 W001", "a tenth version of two digits") { sample in
            try sample.add((3...10).map { StoreSample.version(["record.json": "\($0)"]) })
            try rename(sample, (1...9).map { ("v\($0)", "v0\($0)") })
        },
        Case("E014 E023 E092", "content in a version folder by another name") {
            for inventory in ["inventory.json", "v2/inventory.json"] {
                try $0.edit(inventory, "v1/content/record.json", "v01/content/record.json", sealing: true)
            }
        },
        Case("E001 E040 E064 E104", "a version without v") { try rename($0, [("v2", "2")]) },
        Case("E001 E040 E064 E105", "a version without number") { try rename($0, [("v2", "vtwo")]) },
        Case("W003", "an empty content folder") {
            try $0.add([StoreSample.version(["record.json": "two", "files/a.pdf": "a", "files/c.pdf": "c"])])
            try $0.makeFolder("v3/content")
        },
    ]

    private static let values = [
        Case("E047", "a version that is a list") { try setVersion($0, [Any]()) },
        Case("E048", "a version without created") { try $0.rewriteVersion("v2") { $0["created"] = nil } },
        Case("E048", "a version without state") { try $0.rewriteVersion("v2") { $0["state"] = nil } },
        Case("E107", "a version with an empty state") { try $0.rewriteVersion("v2") { $0["state"] = [String: Any]() } },
        Case("E049", "30 February") { try $0.rewriteVersion("v2") { $0["created"] = "2024-02-30T12:00:00Z" } },
        Case("E049", "a date without time zone") {
            try $0.rewriteVersion("v2") { $0["created"] = "2024-02-03T12:00:00" }
        },
        Case("E049", "a date that is a number") { try $0.rewriteVersion("v2") { $0["created"] = 2024 } },
        Case("E050", "a state that is a list") { try $0.rewriteVersion("v2") { $0["state"] = [Any]() } },
        Case("E054", "a user that is a text") { try $0.rewriteVersion("v2") { $0["user"] = "x" } },
        Case("E054 W008", "a user without name") { try $0.rewriteVersion("v2") { $0["user"] = [String: Any]() } },
        Case("E054", "a user whose name is empty") {
            try $0.rewriteVersion("v2") { $0["user"] = ["name": "", "address": "mailto:x@example.org"] }
        },
        Case("E054", "an address that is a number") {
            try $0.rewriteVersion("v2") { $0["user"] = ["name": "x", "address": 1] }
        },
        Case("E094", "a message that is null") { try $0.rewriteVersion("v2") { $0["message"] = NSNull() } },
        Case("W007", "no message") { try $0.rewriteVersion("v2") { $0["message"] = nil } },
        Case("W007", "no user") { try $0.rewriteVersion("v2") { $0["user"] = nil } },
        Case("W008", "a user without address") { try $0.rewriteVersion("v2") { $0["user"] = ["name": "x"] } },
        Case("W009", "an address that is no URI") {
            try $0.rewriteVersion("v2") { $0["user"] = ["name": "x", "address": "x at example"] }
        },
    ]

    private static func setVersion(_ sample: StoreSample, _ value: Any) throws {
        try sample.rewrite { inventory in
            var versions = try #require(inventory["versions"] as? [String: Any])
            versions["v3"] = value
            inventory["versions"] = versions
        }
    }

    /// Gives version folders other names, in every inventory too.
    static func rename(_ sample: StoreSample, _ names: [(String, String)]) throws {
        for (old, new) in names {
            try sample.move(old, to: new)
            for (path, _) in try TreeSnapshot.of(sample.object) where path.hasSuffix("inventory.json") {
                try sample.edit(path, "\"\(old)\"", "\"\(new)\"", sealing: false)
                try sample.edit(path, "\"\(old)/", "\"\(new)/", sealing: true)
            }
        }
    }
}

enum HistoryCases {
    typealias Case = CodeTests.Case

    static let all = [
        Case("E064 W011", "an inventory in the root of its own") {
            try $0.edit("inventory.json", "Received", "Deceived", sealing: true)
        },
        Case("E066", "an old inventory with other names") {
            try $0.edit("v1/inventory.json", "\"files/a.pdf\"", "\"files/z.pdf\"", sealing: true)
        },
        Case("E066 E107", "a state that the newest inventory has not got") { sample in
            try sample.rewriteVersion("v1") { version in
                version["state"] = [Digest.of("one".utf8, .sha512).hex: ["record.json"]]
            }
        },
        Case("E040 E066 E110", "an old inventory of another object with a version of its own") { sample in
            try sample.rewrite(["v1/inventory.json"]) { inventory in
                inventory["id"] = "urn:other"
                var versions = try #require(inventory["versions"] as? [String: Any])
                versions["v2"] = versions["v1"]
                versions["v3"] = versions["v1"]
                inventory["versions"] = versions
                inventory["head"] = "v3"
            }
        },
        Case("E103", "an old version of a later OCFL") { sample in
            try sample.add([StoreSample.version(["record.json": "three"])])
            try sample.rewrite(["v2/inventory.json"]) { $0["type"] = "https://ocfl.io/1.0/spec/#inventory" }
        },
        Case("E110", "an old inventory of another object") {
            try $0.edit("v1/inventory.json", "RKT-2024-0007", "RKT-2024-0008", sealing: true)
        },
        Case("W011", "an old inventory with another message") {
            try $0.edit("v1/inventory.json", "Received", "Deceived", sealing: true)
        },
        Case("W011", "an old inventory with another date") {
            try $0.edit("v1/inventory.json", "2026-11-23T21:07:20+08:00", "2026-11-23T13:07:20Z", sealing: true)
        },
        Case("E023", "an old inventory that lacks a file of its version") { sample in
            try sample.write("v1/content/copy", "a".utf8)
            try InventoryCases.manifest(sample) {
                $0[Digest.of("a".utf8, .sha512).hex] = ["v1/content/copy", "v1/content/files/a.pdf"]
            }
        },
    ]
}
