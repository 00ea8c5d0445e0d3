#if LIBFUZZER
    import Glibc

    /// Whether inputs are expressions instead of scripts.
    private let readsExpressions = getenv("FUZZ_EXPRESSIONS") != nil

    /// libFuzzer's entry: build with `-sanitize=fuzzer,address -D LIBFUZZER -parse-as-library`.
    @_cdecl("LLVMFuzzerTestOneInput")
    func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let bytes = Array(UnsafeBufferPointer(start: start, count: count))
        if readsExpressions { FuzzScript.holdExpression(bytes) } else { FuzzScript.hold(bytes) }
        return 0
    }
#else
    /// `fuzz-script FILE…` holds what must hold for the bytes of files: to look at what libFuzzer found.
    /// `fuzz-script --seconds N --seed N` makes up its own from the language's words.
    @main
    enum Entry {
        static func main() throws {
            var words = CommandLine.arguments.dropFirst()
            var (seconds, seed) = (10.0, UInt64(1))
            var files: [String] = []
            while let word = words.popFirst() {
                switch word {
                case "--seconds": seconds = words.popFirst().flatMap(Double.init) ?? seconds
                case "--seed": seed = words.popFirst().flatMap(UInt64.init) ?? seed
                default: files.append(word)
                }
            }
            guard files.isEmpty else { return try replay(files) }
            var mutator = Mutator(seed: seed)
            let end = ContinuousClock.now + .seconds(seconds)
            var count = 0
            while ContinuousClock.now < end {
                let bytes = mutator.next()
                // A crash leaves its input here.
                try Files.write(bytes, to: "fuzz-script.last")
                FuzzScript.hold(bytes)
                count += 1
            }
            print("\(count) inputs in \(seconds) s, seed \(seed): all held")
        }

        private static func replay(_ files: [String]) throws {
            for file in files {
                FuzzScript.hold(try Files.bytes(file))
                print("\(file): held")
            }
        }
    }
#endif
