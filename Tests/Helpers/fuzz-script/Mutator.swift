#if !LIBFUZZER
    import Glibc

    /// Makes inputs of the language's words, and of earlier inputs changed; the same ones for the same seed.
    struct Mutator {
        private static let pieces = [
            "let ", "unlet ", "if ", "elif ", "else", "for ", "each ", "def ", "end", "try", "catch", "param ",
            "assert ",
            "exit ", "break", "continue", "wait ", "until ", "return ", " in ", "where ", "selected ", "echo ", "ls ",
            "count ", "set ", "channel ", "vault ", "timed ", "paused", "say ", "loop", "x", "$x", "${x}", "${x:-", "}",
            "$(", ")", "(", "[", "]", "{", "\"", "'", "\\", "\n", ";", "|", ">", ">>", "#", "=", "!=", "<", "~", "=~",
            "/a+/", " and ", " or ", "not ", " has ", "exists ", "..", "...", "+", " - ", " * ", "--", "--json",
            "--limit", "-n", "5", "30d", " ago", "2025-01-01", "true", "null", "len(", "count(", "all(", "none(", ",",
            ":", "a=b", "\u{200B}", "\0", "é", "\r\n", " ", "\t", "$@", "$#", "$1", "\"a$x\"", "{\"a\":1}", "name",
            "meta.l", "meta.*.k", "events", "active", "${env:E}", "${secret:S}", "f", "f a", "1..3", "\u{FEFF}",
            "json(",
            "join(", "split(", "replace(", "default(", "receives(", "field(", "first(", "sum(", "type(", "host(",
            "if true\n", "\nend\n", "for i in 1..3\n", "try\n", "\ncatch e\n", "def f a b=1\n", "\n# c\n", " # c\n",
        ]

        private var state: UInt64
        private var pool: [[UInt8]] = [[]]

        init(seed: UInt64) { state = seed }

        private mutating func random(_ limit: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, limit)))
        }

        mutating func next() -> [UInt8] {
            var bytes = random(3) == 0 ? [] : pool[random(pool.count)]
            for _ in 0...random(8) { change(&bytes) }
            if bytes.count > 600 { bytes = Array(bytes.prefix(600)) }
            if pool.count < 400 { pool.append(bytes) } else { pool[random(400)] = bytes }
            return bytes
        }

        private mutating func change(_ bytes: inout [UInt8]) {
            let place = random(bytes.count + 1)
            switch random(8) {
            case 0 where !bytes.isEmpty: bytes.remove(at: min(place, bytes.count - 1))
            case 1 where !bytes.isEmpty: bytes[min(place, bytes.count - 1)] = UInt8(random(256))
            case 2:
                let other = pool[random(pool.count)]
                bytes.insert(contentsOf: other.prefix(random(80)), at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + random(12)))
            default: bytes.insert(contentsOf: Array(Self.pieces[random(Self.pieces.count)].utf8), at: place)
            }
        }
    }

    enum Files {
        struct Unreadable: Error { let file: String }

        static func bytes(_ name: String) throws -> [UInt8] {
            guard let file = fopen(name, "r") else { throw Unreadable(file: name) }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = fread(&buffer, 1, buffer.count, file)
                if count == 0 { return bytes }
                bytes += buffer[..<count]
            }
        }

        static func write(_ bytes: [UInt8], to name: String) throws {
            guard let file = fopen(name, "w") else { throw Unreadable(file: name) }
            defer { fclose(file) }
            fwrite(bytes, 1, bytes.count, file)
        }
    }
#endif
