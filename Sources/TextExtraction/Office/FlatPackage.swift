import Foundation

/// A document of Word that is saved as one XML file, each part of the package an element of it (Flat OPC).
enum FlatPackage {
    /// How many parts are taken.
    private static let most = 10_000

    /// Whether a file begins as one.
    static func isOne(_ head: String) -> Bool {
        head.contains("<pkg:package") && head.contains("http://schemas.microsoft.com/office/2006/xmlPackage")
    }

    /// The parts by name: XML as it stands there, the others out of Base64.
    static func parts(of file: [UInt8]) -> [String: [UInt8]] {
        var parts: [String: [UInt8]] = [:]
        var place = 0
        while parts.count < most, let start = find("<pkg:part ", in: file, from: place),
            let end = find("</pkg:part>", in: file, from: start)
        {
            place = end
            guard let close = file[start..<end].firstIndex(of: 0x3E), let name = name(file[start..<close]) else {
                continue
            }
            if let content = between("pkg:xmlData", in: file, from: close, to: end) {
                parts[name] = Array(content)
            } else if let content = between("pkg:binaryData", in: file, from: close, to: end),
                let bytes = Data(base64Encoded: Data(content), options: .ignoreUnknownCharacters)
            {
                parts[name] = Array(bytes)
            }
        }
        return parts
    }

    private static func name(_ tag: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: tag, as: UTF8.self)
        guard let mark = text.firstRange(of: "pkg:name=") else { return nil }
        let rest = text[mark.upperBound...]
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        let name = rest.dropFirst().prefix { $0 != quote }.drop { $0 == "/" }
        return name.isEmpty ? nil : String(name)
    }

    private static func between(
        _ element: String,
        in file: [UInt8],
        from start: Int,
        to end: Int
    ) -> ArraySlice<UInt8>? {
        guard let tag = find("<" + element, in: file, from: start), tag < end,
            let open = file[tag..<end].firstIndex(of: 0x3E),
            let close = find("</" + element + ">", in: file, from: open), close <= end
        else {
            return nil
        }
        return file[(open + 1)..<close]
    }

    private static func find(_ mark: String, in file: [UInt8], from start: Int) -> Int? {
        let mark = Array(mark.utf8)
        var place = start
        while place + mark.count <= file.count {
            if file[place] == mark[0], file[place..<(place + mark.count)].elementsEqual(mark) { return place }
            place += 1
        }
        return nil
    }
}
