import Foundation
import Ledger
import Testing

/// The form of a checkpoint that a hand types in from a paper.
@Suite
struct ShortCheckpointTests {
    private static func checkpoint(_ size: Int, _ seed: Int) -> Checkpoint {
        var state = UInt64(truncatingIfNeeded: seed &* 2_654_435_761 &+ 1)
        let root = (0..<32).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        return Checkpoint(origin: "uji", size: size, root: root)
    }

    @Test(arguments: [0, 1, 9, 42, 1204, 1_000_000, 1 << 40])
    func `it is read as it is printed, and as a hand types it`(size: Int) throws {
        for seed in 1...200 {
            let short = ShortCheckpoint(Self.checkpoint(size, seed))
            let printed = short.description
            #expect(ShortCheckpoint(printed) == short, "\(printed)")
            #expect(short.beginning == Array(Self.checkpoint(size, seed).root.prefix(15)))
            let sloppy = printed.lowercased().replacing("0", with: "o").replacing("1", with: "l").replacing(
                "-",
                with: " "
            )
            #expect(ShortCheckpoint(" \(sloppy) ") == short, "\(sloppy)")
        }
    }

    @Test func `one letter that is mistyped, and two that changed places, are found`() throws {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        for seed in 1...20 {
            let printed = Array(ShortCheckpoint(Self.checkpoint(1204 + seed, seed)).description)
            for place in printed.indices where printed[place] != "-" {
                let isNumber = place < 4 || place > printed.count - 3
                for letter in isNumber ? alphabet[..<10] : alphabet[...] where letter != printed[place] {
                    var wrong = printed
                    wrong[place] = letter
                    #expect(ShortCheckpoint(String(wrong)) == nil, "\(String(wrong))")
                    #expect(ShortCheckpoint.resembles(String(wrong)))
                }
                guard place + 1 < printed.count, printed[place + 1] != "-", printed[place] != printed[place + 1] else {
                    continue
                }
                var turned = printed
                turned.swapAt(place, place + 1)
                #expect(ShortCheckpoint(String(turned)) == nil, "\(String(turned))")
            }
        }
    }

    @Test(arguments: [
        "", "1204", "surat-dinas", "a-b-c-d-e-f-g-h", "1204-7K9M-2QXT-8WZA-0FGH-J3KM-NPQR",
        "x-7K9M-2QXT-8WZA-0FGH-J3KM-NPQR-47",
        "1204-7K9M-2QXT-8WZA-0FGH-J3KM-NPQU-47", "12345678901234-7K9M-2QXT-8WZA-0FGH-J3KM-NPQR-47",
    ])
    func `other words are no short form`(_ words: String) {
        #expect(ShortCheckpoint(words) == nil && !ShortCheckpoint.resembles(words))
    }

    @Test func `the check digits are those that another program computes`() throws {
        // Computed with Python: the characters before the check digits as a number of base 32, % 97.
        let zero = ShortCheckpoint(Checkpoint(origin: "uji", size: 42, root: Array(repeating: 0, count: 32)))
        #expect(zero.description == "42-0000-0000-0000-0000-0000-0000-64")
        let full = ShortCheckpoint(Checkpoint(origin: "uji", size: 1204, root: Array(0..<32)))
        #expect(full.description == "1204-000G-40R4-0M30-E209-185G-R38E-35")
    }
}
