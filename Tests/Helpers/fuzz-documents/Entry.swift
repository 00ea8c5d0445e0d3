#if LIBFUZZER
    /// libFuzzer's entry: build with `-sanitize=fuzzer,address -D LIBFUZZER -parse-as-library`.
    @_cdecl("LLVMFuzzerTestOneInput")
    func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        FuzzDocuments.hold(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    }
#else
    import FoundationEssentials

    /// `fuzz-documents FILE…` holds what must hold for the bytes of files: to look at what libFuzzer found.
    @main
    enum Entry {
        static func main() throws {
            for file in CommandLine.arguments.dropFirst() {
                FuzzDocuments.hold(Array(try Data(contentsOf: URL(filePath: file))))
                print("\(file): held")
            }
        }
    }
#endif
