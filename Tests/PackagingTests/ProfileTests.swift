import FileSafety
import Fixity
import Packaging
import SystemPackage
import TestSupport
import Testing

/// BagIt Profiles 1.4.0: each key, kept and broken.
@Suite(.scratch)
struct ProfileTests {
    private static let identifier = "https://example.org/scans-1.json"

    /// A profile that the sample follows, with further keys.
    private func profile(_ keys: String = "", versions: String = "[\"1.0\"]") throws -> BagProfile {
        try BagProfile(
            Array(
                """
                {"BagIt-Profile-Info": {"BagIt-Profile-Identifier": "\(Self.identifier)", "BagIt-Profile-Version": "1.4.0",
                 "Source-Organization": "X", "External-Description": "Signed scans", "Version": "1"},
                 "Accept-Serialization": ["application/tar", "application/zip"],
                 "Accept-BagIt-Version": \(versions)\(keys.isEmpty ? "" : ", ")\(keys)}
                """.utf8
            )
        )
    }

    private func sample(_ info: String = "") -> BagSample {
        var bag = BagSample()
        bag.change("bag-info.txt", "Source-Organization: Kantor\nBagIt-Profile-Identifier: \(Self.identifier)\n" + info)
        return bag
    }

    private func report(_ bag: BagSample, _ keys: String, versions: String = "[\"1.0\"]") throws -> BagReport {
        var options = BagOptions()
        options.profile = try profile(keys, versions: versions)
        return try bag.report(options)
    }

    @Test func `a bag that follows its profile has no finding`() throws {
        let keys = """
            "Bag-Info": {"Source-Organization": {"required": true, "values": ["Kantor", "Dinas"], "repeatable": false},
                         "Contact-Name": {"required": false}},
            "Manifests-Required": ["sha512"], "Manifests-Allowed": ["sha512", "sha256"],
            "Tag-Manifests-Required": ["sha512"], "Tag-Manifests-Allowed": ["sha512"],
            "Tag-Files-Required": [], "Tag-Files-Allowed": ["meta/*"],
            "Payload-Files-Required": ["data/a.txt", "data/sub/"], "Payload-Files-Allowed": ["data/*"],
            "Allow-Fetch.txt": false, "Fetch.txt-Required": false, "Data-Empty": false, "Serialization": "optional"
            """
        let report = try report(sample(), keys)
        #expect(report.findings.isEmpty, "\(report.findings)")
    }

    static let broken: [(String, BagRule)] = [
        (#""Bag-Info": {"Contact-Name": {"required": true}}"#, .profileInfoRequired),
        (#""Bag-Info": {"source-organization": {"values": ["Dinas"]}}"#, .profileInfoValue),
        (#""Bag-Info": {"External-Identifier": {"repeatable": false}}"#, .profileInfoRepeated),
        (#""Manifests-Required": ["md5"]"#, .profileManifest), (#""Manifests-Allowed": ["md5"]"#, .profileManifest),
        (#""Tag-Manifests-Required": ["md5"]"#, .profileTagManifest),
        (#""Tag-Manifests-Allowed": ["md5"]"#, .profileTagManifest),
        (#""Tag-Files-Required": ["meta/record.json"]"#, .profileTagFile),
        (#""Tag-Files-Allowed": ["other/*"]"#, .profileTagFile),
        (#""Payload-Files-Required": ["data/z"]"#, .profilePayloadFile),
        (#""Payload-Files-Required": ["data/empty/"]"#, .profilePayloadFile),
        (#""Payload-Files-Allowed": ["data/*.txt"]"#, .profilePayloadFile),
        (#""Fetch.txt-Required": true"#, .profileFetch), (#""Data-Empty": true"#, .profileDataEmpty),
        (#""Serialization": "required""#, .profileSerialization),
    ]

    @Test(arguments: broken)
    func `a bag that breaks a key is told`(keys: String, rule: BagRule) throws {
        var bag = sample("External-Identifier: 1\nExternal-Identifier: 2\n")
        bag["meta/x.txt"] = "x"
        bag.settle()
        let report = try report(bag, keys)
        #expect(report.verdict == .invalid)
        #expect(report.broken == [rule], "\(report.findings)")
    }

    @Test func `a bag with fetch.txt breaks a profile that forbids it`() throws {
        var bag = sample()
        bag.change("fetch.txt", "https://example.org/a 6 data/a.txt\n")
        #expect(try report(bag, #""Allow-Fetch.txt": false"#).broken == [.profileFetch])
        #expect(try report(bag, "").verdict == .valid)
    }

    @Test func `a bag that does not name the profile is told`() throws {
        #expect(try report(BagSample(), "").broken == [.profileIdentifier])
    }

    @Test func `version and serialisation come first, and end the looking`() throws {
        let old = try report(BagSample(), #""Manifests-Required": ["md5"]"#, versions: "[\"0.97\"]")
        #expect(old.broken == [.profileVersion])
        var options = BagOptions()
        options.profile = try profile(#""Serialization": "forbidden""#)
        let tar = try Scratch.file("bag.tar", TarSample(sample()).ended)
        #expect(try BagValidator.validate(tar, options).broken == [.profileSerialization])
        options.profile = try profile()
        #expect(try BagValidator.validate(tar, options).findings.isEmpty)
        let packed = try Containers.packed(TarSample(sample()).ended, by: "gzip -c")
        let gzip = try Scratch.file("bag.tar.gz", packed)
        #expect(try BagValidator.validate(gzip, options).broken == [.profileSerialization])
    }

    @Test func `data that must be empty may be one file of no bytes`() throws {
        var bag = BagSample()
        for path in ["data/a.txt", "data/sub/b.bin"] { bag.files[path] = nil }
        bag.change("manifest-sha512.txt", bag.manifest(.sha512))
        bag.change("bag-info.txt", "BagIt-Profile-Identifier: \(Self.identifier)\n")
        #expect(try report(bag, #""Data-Empty": true"#).verdict == .valid)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"BagIt-Profile-Info": 1}"#, #"{"BagIt-Profile-Info": {}, "Accept-BagIt-Version": ["1.0"]}"#,
        String(repeating: "[", count: 100_000),
    ])
    func `what is no profile is an error that says why`(text: String) {
        let error = #expect(throws: ProfileError.self) { try BagProfile(Array(text.utf8)) }
        #expect(error?.problems.isEmpty == false)
    }

    @Test(arguments: [
        #""Manifests-Required": ["md5"], "Manifests-Allowed": ["sha1"]"#, #""Serialization": "perhaps""#,
        #""Tag-Files-Required": ["a/b"], "Tag-Files-Allowed": ["c/*"]"#, #""Data-Empty": "often""#,
        #""Allow-Fetch.txt": false, "Fetch.txt-Required": true"#, #""Bag-Info": ["x"]"#, #""Manifests-Allowed": 5"#,
        #""Payload-Files-Required": ["data/x"], "Payload-Files-Allowed": ["data/y*"]"#,
    ])
    func `a profile that contradicts itself is an error`(keys: String) {
        #expect(throws: ProfileError.self) { try profile(keys) }
    }

    @Test func `a profile without a version of the specification is one of 1.1.0`() throws {
        let text = """
            {"BagIt-Profile-Info": {"BagIt-Profile-Identifier": "x:y", "Source-Organization": "X",
             "External-Description": "Y", "Version": "1"}, "Accept-BagIt-Version": "1.0"}
            """
        #expect(try BagProfile(Array(text.utf8)).specification == "1.1.0")
    }
}
