import Testing

/// Runs every test of the package. With it no test has to be discovered, and so nothing is built with an index.
@main
struct TestMain {
    static func main() async {
        await Testing.__swiftPMEntryPoint() as Never
    }
}
