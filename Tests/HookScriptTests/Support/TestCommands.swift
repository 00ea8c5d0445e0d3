import LosslessJSON

@testable import HookScript

/// The commands of the tests' host.
enum TestCommands {
    static let byName: [String: CommandSignature] = {
        var found: [String: CommandSignature] = [:]
        for signature in all {
            found[signature.name] = signature
            for alias in signature.aliases { found[alias] = signature }
        }
        return found
    }()

    private static let limit = FlagSignature("limit", short: "n", value: .init("N", .integer))
    private static let columns = FlagSignature("columns", value: .init("C", isList: true))
    private static let json = FlagSignature("json")
    private static let sort = FlagSignature("sort", value: .init("FIELD"), repeats: true)

    private static let all: [CommandSignature] = [
        CommandSignature("echo", positionals: [PositionalSignature("word", .any, .many)]),
        CommandSignature("args", positionals: [PositionalSignature("word", .any, .many, acceptsSecret: true)]),
        CommandSignature("infer", positionals: [PositionalSignature("word", .inferred, .many)]),
        CommandSignature("take-text", positionals: [PositionalSignature("value", .text)]),
        CommandSignature("take-integer", positionals: [PositionalSignature("value", .integer)]),
        CommandSignature("take-number", positionals: [PositionalSignature("value", .number)]),
        CommandSignature("take-boolean", positionals: [PositionalSignature("value", .boolean)]),
        CommandSignature("take-time", positionals: [PositionalSignature("value", .time)]),
        CommandSignature("take-duration", positionals: [PositionalSignature("value", .duration)]),
        CommandSignature("take-json", positionals: [PositionalSignature("value", .json)]),
        CommandSignature("take-choice", positionals: [PositionalSignature("value", .choice(["red", "green"]))]),
        CommandSignature("ls", aliases: ["list"], flags: [limit, columns, json, sort], takesWhere: true),
        CommandSignature("count", takesWhere: true),
        CommandSignature("ids", takesWhere: true),
        CommandSignature(
            "get", positionals: [PositionalSignature("record", .name("record"), .optional)],
            restrictions: .notInEachWithArguments),
        CommandSignature(
            "use", positionals: [PositionalSignature("record", .name("record"))], restrictions: .notInEach),
        CommandSignature(
            "select", positionals: [PositionalSignature("record", .name("record"), .many)], takesWhere: true),
        CommandSignature("commit", flags: [FlagSignature("yes", short: "y")], restrictions: .notInSubstitution),
        CommandSignature(
            "set",
            positionals: [
                PositionalSignature("field", .path), PositionalSignature("value", .inferred, acceptsSecret: true),
            ]),
        CommandSignature(
            "channel", positionals: [PositionalSignature("kind")], flags: [json],
            keyValues: .declared(
                [KeySignature("url"), KeySignature("retries", .integer), KeySignature("token", acceptsSecret: true)],
                others: true)),
        CommandSignature(
            "strict", keyValues: .declared([KeySignature("url"), KeySignature("on", .boolean)], others: false)),
        CommandSignature(
            "fail",
            positionals: [
                PositionalSignature("kind", .text, .optional), PositionalSignature("code", .integer, .optional),
                PositionalSignature("message", .text, .optional),
            ], flags: [FlagSignature("fatal")]),
        CommandSignature(
            "alias", positionals: [PositionalSignature("name"), PositionalSignature("word", .text, .some)]),
        CommandSignature("timed", flags: [json], takesCommand: true),
        CommandSignature("run", positionals: [PositionalSignature("file", .file)]),
        CommandSignature("outside", positionals: [PositionalSignature("word", .text, .many)], takesWhere: true),
        CommandSignature(
            "vault", flags: [json],
            subcommands: [
                CommandSignature(
                    "set",
                    positionals: [PositionalSignature("name"), PositionalSignature("value", acceptsSecret: true)]),
                CommandSignature("ls"),
            ]),
    ]

    static func run(_ invocation: Invocation, _ host: TestHost) throws(CommandFailure) -> Value {
        switch invocation.command {
        case "echo":
            host.print(invocation.positionals.map(\.value.description).joined(separator: " "), invocation)
            return .null
        case "args", "infer", "take-text", "take-integer", "take-number", "take-boolean", "take-time", "take-duration",
            "take-json", "take-choice":
            for argument in invocation.positionals { host.print(described(argument.value), invocation) }
            return Value(invocation.positionals.map(\.value))
        case "alias":
            let words = invocation.positionals.map(\.value.description)
            host.state.withLock { $0.aliases[words[0]] = Alias(words[0], words: Array(words.dropFirst())) }
            return .null
        case "outside":
            for words in invocation.externals {
                host.print(words.map { "<" + $0 + ">" }.joined(separator: " "), invocation)
            }
            if let redirect = invocation.redirect {
                host.print((redirect.appends ? ">> " : "> ") + redirect.file.value.description, invocation)
            }
            return .null
        case "count": return try count(invocation, host)
        case "ls", "ids":
            let found = try host.matching(invocation.predicate)
            host.print(found.map(\.id).joined(separator: " "), invocation)
            return Value(found.map { Value($0.id) })
        case "get", "use": return try choose(invocation, host)
        case "select":
            let ids =
                try invocation.predicate == nil
                ? invocation.positionals.map(\.value.description) : host.matching(invocation.predicate).map(\.id)
            host.state.withLock { $0.selection = ids }
            return .null
        case "fail":
            throw CommandFailure(
                kind: invocation.argument("kind")?.value.description ?? "failed",
                exitCode: Int32(invocation.argument("code")?.value.integer ?? 4),
                message: invocation.argument("message")?.value.description ?? "it failed",
                isFatal: invocation.has("fatal"))
        default:
            host.print(invocation.canonical, invocation)
            return .null
        }
    }

    private static func count(_ invocation: Invocation, _ host: TestHost) throws(CommandFailure) -> Value {
        let count = try host.matching(invocation.predicate).count
        host.print(String(count), invocation)
        return Value(count)
    }

    private static func choose(_ invocation: Invocation, _ host: TestHost) throws(CommandFailure) -> Value {
        if let argument = invocation.argument("record") {
            guard host.records.contains(where: { $0.id == argument.value.text }) else {
                throw CommandFailure(
                    kind: "not-found", message: "there is no record \(argument.value)", location: argument.span)
            }
            host.state.withLock { $0.current = argument.value.text }
        }
        guard let id = host.state.withLock(\.current), let record = host.records.first(where: { $0.id == id }) else {
            return .null
        }
        host.print(record.name, invocation)
        return Value(record.document)
    }

    /// `kind text`, masked if secret.
    private static func described(_ value: Value) -> String {
        "\(value.kind.rawValue) \(value)"
    }
}
