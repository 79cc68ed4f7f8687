import Ledger
import Testing

struct SignedNoteTests {
    /// The key, the text and the signature that the notes of the Go checksum database are documented with.
    private static let verifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let secret =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    private static let text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    private static let line =
        "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    private static let root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="

    @Test func `a note that another program signed is read, believed and signed the same`() throws {
        let note = try #require(SignedNote(Self.text + "\n" + Self.line))
        #expect(note.text == Self.text && note.signatures.count == 1)
        #expect(note.description == Self.text + "\n" + Self.line)
        let key = try #require(NoteKey(Self.verifier))
        #expect(key.description == Self.verifier)
        #expect(key.word(on: note) == .signed)
        let signer = try #require(NoteSigner(Self.secret))
        #expect(signer.key == key && signer.text == Self.secret)
        var own = SignedNote(text: Self.text)
        own.add(signer.sign(Self.text, at: 0))
        #expect(own == note)
    }

    @Test func `a signature over another text, or by a key that only says so, is forged`() throws {
        let key = try #require(NoteKey(Self.verifier))
        let note = try #require(SignedNote("lain\n\n" + Self.line))
        #expect(key.word(on: note) == .forged)
        #expect(key.word(on: SignedNote(text: Self.text)) == .silent)
        let other = try #require(NoteSigner(new: "PeterNeumann", kind: .signature))
        var signed = SignedNote(text: Self.text)
        signed.add(other.sign(Self.text, at: 0))
        #expect(key.word(on: signed) == .silent, "it has another identity")
        #expect(other.key.word(on: signed) == .signed)
        signed.add(other.sign(Self.text, at: 0))
        #expect(signed.signatures.count == 1)
    }

    @Test func `a cosignature holds its time, and none else`() throws {
        let witness = try #require(NoteSigner(new: "inspektorat.example/saksi", kind: .cosignature))
        #expect(NoteSigner(witness.text)?.key == witness.key)
        var note = SignedNote(text: "log\n3\n\(Self.root)\n")
        note.add(witness.sign(note.text, at: 1_767_225_600))
        let read = try #require(SignedNote(note.description))
        #expect(witness.key.word(on: read) == .cosigned(at: 1_767_225_600))
        #expect(Checkpoint(note: note.description)?.size == 3)
        let plain = try #require(
            NoteKey(name: witness.key.name, kind: .signature, publicKey: witness.key.publicKey)
        )
        #expect(plain.word(on: read) == .silent, "the kind is a part of the identity")
        let moved = try #require(SignedNote("log\n4\n" + read.description.dropFirst(6)))
        #expect(witness.key.word(on: moved) == .forged)
    }

    @Test(arguments: [
        "", "a", "a\n\n\n", "a\n\n\u{2014} n\n", "a\n\n\u{2014} n AAAA\n", "a\n\n\u{2014} n AAAAAAA\n",
        "a\n\n- n AAAAAAA=\n",
        "a\n\n\u{2014} n AAAAAAA=", "a\n\n\u{2014} n  AAAAAAA=\n", "a\n\n\u{2014} n+m AAAAAAA=\n",
        "a\n\n\u{2014} n AAAAAAA=\nb\n", "a\tb\n", "a\n\n\u{2014} n AAAAAAB=\n",
    ])
    func `what is not written as a note is none`(note: String) {
        #expect(SignedNote(note)?.signatures.isEmpty ?? true)
        #expect(Checkpoint(note: note) == nil)
    }

    @Test(arguments: [
        "", "a", "a+b+c", "a+c74f20a3+AQ==", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ])
    func `what is no verifier key is none`(text: String) {
        #expect(NoteKey(text) == nil)
        #expect(NoteSigner("PRIVATE+KEY+" + text) == nil)
    }
}
