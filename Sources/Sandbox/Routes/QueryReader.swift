/// Parameters of a query, and what is wrong with them.
struct QueryReader {
    private var parameters: [String: String] = [:]
    private(set) var problems: [ValidationProblem] = []

    init(_ query: Substring) {
        for parameter in query.split(separator: "&") {
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(parts[0]) else { continue }
            parameters[name] = parts.count == 2 ? percentDecoded(parts[1]) ?? String(parts[1]) : ""
        }
    }

    subscript(name: String) -> String? { parameters[name] }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = parameters[name] else { return nil }
        guard let number = Int(text) else {
            report("int_parsing", name, "Input should be a valid integer, unable to parse string as an integer")
            return nil
        }
        guard number >= range.lowerBound else {
            report("greater_than_equal", name, "Input should be greater than or equal to \(range.lowerBound)")
            return nil
        }
        guard number <= range.upperBound else {
            report("less_than_equal", name, "Input should be less than or equal to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// Takes the words that Pydantic takes for a boolean.
    mutating func boolean(_ name: String) -> Bool? {
        guard let text = parameters[name] else { return nil }
        switch text.lowercased() {
        case "true", "1", "yes", "on", "t", "y": return true
        case "false", "0", "no", "off", "f", "n": return false
        default:
            report("bool_parsing", name, "Input should be a valid boolean, unable to interpret input")
            return nil
        }
    }

    mutating func report(_ type: String, _ name: String, _ message: String) {
        problems.append(ValidationProblem(type: type, location: ["query", .name(name)], message: message))
    }
}
