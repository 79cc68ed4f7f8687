/// Which parts of two sequences are the same, in their order: what a comparison of texts rests on.
///
/// First what stands once in each and in the same order (patience, after Bram Cohen), which lets the two be cut at places
/// that a person would cut them at; between these the shortest script of changes (Myers, "An O(ND) Difference Algorithm",
/// 1986), as long as that is not too much work: two texts that have nothing in common are changed as a whole.
enum SequenceAlignment {
    /// The product of two lengths up to which the shortest script is looked for.
    private static let most = 4_000_000

    /// Places of parts that are the same, ascending on both sides.
    static func pairs<Part: Hashable>(_ left: [Part], _ right: [Part]) -> [(left: Int, right: Int)] {
        var found: [(left: Int, right: Int)] = []
        align(left, left.indices, right, right.indices, isCut: false, &found)
        return found
    }

    private static func align<Part: Hashable>(
        _ left: [Part],
        _ leftRange: Range<Int>,
        _ right: [Part],
        _ rightRange: Range<Int>,
        isCut: Bool,
        _ found: inout [(left: Int, right: Int)]
    ) {
        var (leftRange, rightRange) = (leftRange, rightRange)
        while let (first, second) = leftRange.first.flatMap({ first in rightRange.first.map { (first, $0) } }),
            left[first] == right[second]
        {
            found.append((first, second))
            leftRange = first + 1..<leftRange.upperBound
            rightRange = second + 1..<rightRange.upperBound
        }
        var tail: [(left: Int, right: Int)] = []
        while !leftRange.isEmpty, !rightRange.isEmpty,
            left[leftRange.upperBound - 1] == right[rightRange.upperBound - 1]
        {
            tail.append((leftRange.upperBound - 1, rightRange.upperBound - 1))
            leftRange = leftRange.lowerBound..<leftRange.upperBound - 1
            rightRange = rightRange.lowerBound..<rightRange.upperBound - 1
        }
        defer { found += tail.reversed() }
        guard !leftRange.isEmpty, !rightRange.isEmpty else { return }
        let anchors = isCut ? [] : anchors(left, leftRange, right, rightRange)
        guard anchors.isEmpty else {
            var (before, beside) = (leftRange.lowerBound, rightRange.lowerBound)
            for anchor in anchors {
                align(left, before..<anchor.left, right, beside..<anchor.right, isCut: true, &found)
                found.append(anchor)
                (before, beside) = (anchor.left + 1, anchor.right + 1)
            }
            align(left, before..<leftRange.upperBound, right, beside..<rightRange.upperBound, isCut: true, &found)
            return
        }
        guard leftRange.count.multipliedReportingOverflow(by: rightRange.count).partialValue <= most else { return }
        shortest(left, leftRange, right, rightRange, &found)
    }

    private static func shortest<Part: Hashable>(
        _ left: [Part],
        _ leftRange: Range<Int>,
        _ right: [Part],
        _ rightRange: Range<Int>,
        _ found: inout [(left: Int, right: Int)]
    ) {
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in right[rightRange].difference(from: left[leftRange]) {
            switch change {
            case .remove(let offset, _, _): removed.insert(leftRange.lowerBound + offset)
            case .insert(let offset, _, _): added.insert(rightRange.lowerBound + offset)
            }
        }
        let kept = leftRange.filter { !removed.contains($0) }
        let beside = rightRange.filter { !added.contains($0) }
        for (one, other) in zip(kept, beside) { found.append((one, other)) }
    }

    /// Parts that stand once on each side, as many as are in the same order on both.
    private static func anchors<Part: Hashable>(
        _ left: [Part],
        _ leftRange: Range<Int>,
        _ right: [Part],
        _ rightRange: Range<Int>
    ) -> [(left: Int, right: Int)] {
        let there = single(right, rightRange)
        let unique = single(left, leftRange).compactMap { part, place in there[part].map { (left: place, right: $0) } }
            .sorted { $0.left < $1.left }
        // The longest run that ascends on the right too: patience sorting with links back.
        var piles: [Int] = []
        var links = [Int?](repeating: nil, count: unique.count)
        for (index, pair) in unique.enumerated() {
            var (low, high) = (0, piles.count)
            while low < high {
                let middle = (low + high) / 2
                if unique[piles[middle]].right < pair.right { low = middle + 1 } else { high = middle }
            }
            links[index] = low > 0 ? piles[low - 1] : nil
            if low == piles.count { piles.append(index) } else { piles[low] = index }
        }
        var run: [(left: Int, right: Int)] = []
        var next = piles.last
        while let index = next {
            run.append(unique[index])
            next = links[index]
        }
        return run.reversed()
    }

    private static func single<Part: Hashable>(_ parts: [Part], _ range: Range<Int>) -> [Part: Int] {
        var places: [Part: Int] = [:]
        var several: Set<Part> = []
        for place in range where !several.contains(parts[place]) {
            if places.updateValue(place, forKey: parts[place]) != nil {
                places[parts[place]] = nil
                several.insert(parts[place])
            }
        }
        return places
    }
}
