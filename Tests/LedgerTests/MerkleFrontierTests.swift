import Fixity
import Ledger
import Testing

struct MerkleFrontierTests {
    /// The leaves and roots of the reference tests of Certificate Transparency (RFC 6962).
    private static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    private func frontier(_ count: Int) -> MerkleFrontier {
        var frontier = MerkleFrontier()
        for index in 0..<count {
            frontier.append(MerkleFrontier.leaf(index < 8 ? Self.bytes(Self.leaves[index]) : Array("\(index)".utf8)))
        }
        return frontier
    }

    @Test(arguments: 0...8)
    func `the roots are those of Certificate Transparency`(count: Int) {
        #expect(frontier(count).root == Self.bytes(Self.roots[count]))
        #expect(frontier(count).size == count)
    }

    @Test func `the leaf of nothing has its known hash`() {
        #expect(MerkleFrontier.leaf([]) == Self.bytes(Self.roots[1]))
    }

    /// The definition of RFC 6962, section 2.1, word for word.
    private func root(of leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return leaves.first ?? Digest.of([], .sha256).bytes }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        let left = root(of: leaves.prefix(half))
        return Digest.of([1] + left + root(of: leaves.dropFirst(half)), .sha256).bytes
    }

    @Test func `every size up to 300 has the root that the definition gives`() {
        var frontier = MerkleFrontier()
        var leaves: [[UInt8]] = []
        for index in 0..<300 {
            leaves.append(MerkleFrontier.leaf("line \(index)".utf8))
            frontier.append(leaves[index])
            #expect(frontier.root == root(of: leaves[...]), "\(index + 1) leaves")
        }
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 31, 100])
    func `a tree out of its state goes on where it was`(count: Int) throws {
        let before = frontier(count)
        var after = try #require(MerkleFrontier(size: count, state: before.state))
        #expect(after == before)
        #expect(before.state.count == count.nonzeroBitCount * 32)
        var whole = before
        for number in 0..<10 {
            after.append(MerkleFrontier.leaf("more \(number)".utf8))
            whole.append(MerkleFrontier.leaf("more \(number)".utf8))
        }
        #expect(after.root == whole.root)
    }

    @Test(arguments: [(0, 32), (1, 0), (1, 31), (1, 64), (3, 32), (-1, 0), (4, 64)])
    func `a state that does not fit its size is refused`(size: Int, bytes: Int) {
        #expect(MerkleFrontier(size: size, state: [UInt8](repeating: 0, count: bytes)) == nil)
    }

    @Test func `a leaf is not taken for a node`() {
        let (one, two) = (MerkleFrontier.leaf("1".utf8), MerkleFrontier.leaf("2".utf8))
        var pair = MerkleFrontier()
        pair.append(one)
        pair.append(two)
        var single = MerkleFrontier()
        single.append(MerkleFrontier.leaf(one + two))
        #expect(pair.root != single.root)
    }
}
