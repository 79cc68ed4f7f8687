package struct BagProfile: Sendable {
    func findings(_ tags: BagTags, _ contents: BagContents, format: ContainerFormat?, isSerialised: Bool)
        -> [BagFinding]
    { [] }
}
