package import BoundedProcess

/// What reading one file may use, at the most.
package struct ReadingLimits: Hashable, Sendable {
    /// For saying what a file is where looking closer ended badly; not counted in what a file may use.
    package var identity = ProcessLimits(wall: .seconds(10), cpuSeconds: 5, memory: 1 << 30, output: 1 << 20)
    /// For identifying a file and reading an office document or a plain text.
    package var document = ProcessLimits(wall: .seconds(60), cpuSeconds: 60, memory: 2 << 30, output: 256 << 20)
    /// For what a PDF says of its pages, and for its text.
    package var text = ProcessLimits(wall: .seconds(60), cpuSeconds: 60, memory: 1 << 30, output: 64 << 20)
    /// For making a picture of one page.
    package var picture = ProcessLimits(wall: .seconds(60), cpuSeconds: 60, memory: 2 << 30, output: 400 << 20)
    /// For recognising one page: a dense page takes 2 to 6 seconds.
    package var recognition = ProcessLimits(wall: .seconds(120), cpuSeconds: 110, memory: 2 << 30, output: 16 << 20)
    /// How many pages of one file are read.
    package var pages = 5_000
    /// How many pixels the picture of a page may have: A2 at 600 dpi has 139 million.
    package var pixels = 200_000_000
    /// How many bytes of text a page may have.
    package var pageText = 16 << 20

    /// For making a picture of one page of a format: the decoders of HEIC and AVIF work in threads, or not at all.
    func picture(of format: DocumentFormat?) -> ProcessLimits {
        var limits = picture
        limits.mayStartThreads = format == .heif
        return limits
    }

    /// The limits that are good for what offices scan and write.
    package init() {}
}
