import TestSupport
import Testing

@testable import Shell

/// A configuration in one of many layouts. Each comment has a number of its own, by which it is found again.
private struct GeneratedConfiguration {
    var generator: SeededGenerator
    private(set) var lines: [String] = []
    /// The comments that belong to a profile, and go with it.
    private(set) var comments: [String: Set<String>] = [:]
    private var count = 0
    let ending: String
    let isOdd: Bool
    let names: [String]

    init(seed: UInt64, isOdd: Bool) {
        generator = SeededGenerator(seed: seed)
        self.isOdd = isOdd
        ending = ["\n", "\r\n"].randomElement(using: &generator)!
        names = Array(
            ["a", "b-2", "c.d", "true", "9x"].shuffled(using: &generator).prefix(
                Int.random(in: 0...4, using: &generator)))
        write()
    }

    var text: String {
        let last = isOdd && Int.random(in: 0...3, seed: count) == 0 ? "" : ending
        return lines.joined(separator: ending) + (lines.isEmpty ? "" : last)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    private mutating func comment(of owner: String) -> String {
        count += 1
        comments[owner, default: []].insert("c\(count)c")
        return "# c\(count)c: \"quoted\" {braces} 'single' |"
    }

    private mutating func commentLines(_ indent: Int, of owner: String) {
        while chance(25) { lines.append(String(repeating: " ", count: indent) + comment(of: owner)) }
        if chance(10) { lines.append("") }
    }

    private mutating func line(_ indent: Int, _ text: String, of owner: String) {
        let trailing = chance(25) ? "  " + comment(of: owner) : ""
        lines.append(String(repeating: " ", count: indent) + text + trailing)
    }

    private mutating func quoted(_ name: String) -> String {
        name == "true" || chance(30) ? (chance(50) ? "\"\(name)\"" : "'\(name)'") : name
    }

    private mutating func write() {
        if isOdd, chance(10) { lines.append("---") }
        commentLines(0, of: "")
        var parts = ["default", "secret_command", "profiles"].filter { _ in chance(70) }
        if !names.isEmpty, !parts.contains("profiles") { parts.append("profiles") }
        parts.shuffle(using: &generator)
        for part in parts {
            switch part {
            case "default":
                let name = names.randomElement(using: &generator) ?? "sandbox"
                line(0, "default: " + quoted(name), of: "")
            case "secret_command": value(0, "secret_command", "pass show", of: "")
            default: profiles()
            }
            commentLines(0, of: "")
        }
    }

    private mutating func profiles() {
        if isOdd, chance(15) {
            let inner = names.map { quoted($0) + ": {base: 'http://h'}" }.joined(separator: ", ")
            return line(0, "profiles: {" + inner + "}", of: "")
        }
        line(0, "profiles:" + (names.isEmpty && chance(50) ? " {}" : ""), of: "")
        let indent = [1, 2, 4].randomElement(using: &generator)!
        for name in names {
            commentLines(indent, of: "")
            profile(name, indent)
        }
    }

    private mutating func profile(_ name: String, _ indent: Int) {
        if isOdd, chance(15) {
            return line(indent, quoted(name) + ": {base: \"http://h/#x\", key: k}", of: name)
        }
        var members = ["base", "key", "tier", "allow", "proxy"].filter { _ in chance(50) }
        if members.contains("key"), chance(40) { members[members.firstIndex(of: "key")!] = "key_command" }
        members.shuffle(using: &generator)
        line(indent, quoted(name) + ":" + (members.isEmpty && chance(50) ? " {}" : ""), of: name)
        let inner = indent + [1, 2, 3].randomElement(using: &generator)!
        for member in members {
            commentLines(inner, of: name)
            switch member {
            case "base": value(inner, member, "http://h/a#b", of: name)
            case "tier": line(inner, "tier: " + (chance(50) ? "free" : "250"), of: name)
            case "allow":
                line(inner, "allow:", of: name)
                line(inner + (chance(50) ? 0 : 2), "- delete", of: name)
            case "proxy": value(inner, member, "http://p:1", of: name)
            default: value(inner, member, "sk_1 x", of: name)
            }
        }
    }

    private mutating func value(_ indent: Int, _ name: String, _ text: String, of owner: String) {
        switch Int.random(in: 0..<(isOdd ? 9 : 5), using: &generator) {
        case 0: line(indent, name + ": " + text, of: owner)
        case 1: line(indent, name + ": \"" + text + "\"", of: owner)
        case 2: line(indent, name + " :   '" + text + "'", of: owner)
        case 3, 4:
            line(indent, name + ": " + ["|-", ">-", "|", "|2-"].randomElement(using: &generator)!, of: owner)
            lines.append(String(repeating: " ", count: indent + 2) + text)
        case 5:
            line(indent, name + ":", of: owner)
            lines.append(String(repeating: " ", count: indent + 1) + text)
        case 6: line(indent, name + ": !!str " + text, of: owner)
        case 7: line(indent, name + ": &anchor\(count) " + text, of: owner)
        default:
            lines.append(String(repeating: " ", count: indent) + name + ": \"" + text + "\\")
            line(indent + 1, "\"", of: owner)
        }
    }
}

extension Int {
    fileprivate static func random(in range: ClosedRange<Int>, seed: Int) -> Int {
        var generator = SeededGenerator(seed: UInt64(seed))
        return random(in: range, using: &generator)
    }
}

@Suite("config.yaml in any layout, changed by lines")
struct ConfigurationEditPropertyTests {
    private enum Change: CaseIterable {
        case setDefault, add, addWithDefault, remove, login, keepSecrets
    }

    private func apply(_ change: Change, to text: inout ConfigurationText, _ name: String, _ isDefault: Bool)
        throws(ConfigurationError)
    {
        switch change {
        case .setDefault: try text.setDefault(name)
        case .add: try text.addProfile("new", members: [("base", "https://n.example"), ("tier", "pro")])
        case .addWithDefault:
            try text.addProfile("new", members: [])
            try text.setDefault("new")
        case .remove:
            if isDefault { try text.removeDefault() }
            try text.removeProfile(name)
        case .login: try text.setMember("key", to: "\"sk_2\"", ofProfile: name, removing: ["key_command"])
        case .keepSecrets: try text.setMember("secrets", to: "keep", ofProfile: name)
        }
    }

    private func apply(_ change: Change, to configuration: inout Configuration, _ name: String) {
        let index = configuration.profiles.firstIndex { $0.name == name }
        switch change {
        case .setDefault: configuration.defaultProfile = name
        case .add:
            var profile = Profile(name: "new", base: "https://n.example", key: .none)
            profile.tier = .pro
            configuration.profiles.append(profile)
        case .addWithDefault:
            configuration.profiles.append(Profile(name: "new", base: Profile.defaultBase, key: .none))
            configuration.defaultProfile = "new"
        case .remove:
            configuration.profiles.removeAll { $0.name == name }
            if configuration.defaultProfile == name { configuration.defaultProfile = nil }
        case .login: configuration.profiles[index!].key = .literal(Secret("sk_2"))
        case .keepSecrets: configuration.profiles[index!].secrets = .keep
        }
    }

    /// Makes a change on one configuration; whether it was made.
    private func check(_ seed: UInt64, isOdd: Bool) throws -> Bool? {
        var generated = GeneratedConfiguration(seed: seed, isOdd: isOdd)
        let old = generated.text
        guard let before = try? ConfigurationReader.read(old, path: "c") else {
            #expect(isOdd, "seed \(seed): \(old)")
            return nil
        }
        var change = Change.allCases.randomElement(using: &generated.generator)!
        if generated.names.isEmpty, ![.add, .addWithDefault].contains(change) { change = .add }
        let name = generated.names.randomElement(using: &generated.generator) ?? ""

        let paths = try #require(Paths(environment: ["HOME": "/home/u"]))
        let files = MemoryFiles()
        files.put(old, at: paths.configFile)
        do {
            try ConfigurationStore(paths: paths, files: files).change { text throws(ConfigurationError) in
                try apply(change, to: &text, name, before.defaultProfile == name)
            }
        } catch {
            #expect(isOdd, "seed \(seed), \(change) \(name): \(error)\n\(old)")
            #expect(files.text(paths.configFile) == old, "seed \(seed): refused and changed")
            return false
        }
        let new = try #require(files.text(paths.configFile))
        var expected = before
        apply(change, to: &expected, name)
        #expect(
            try ConfigurationReader.read(new, path: "c") == expected, "seed \(seed), \(change) \(name):\n\(old)\n\(new)"
        )
        for (owner, comments) in generated.comments {
            for comment in comments where !new.contains(comment) {
                // What stands on a line that goes, goes with it.
                let line = old.split(whereSeparator: \.isNewline).first { $0.contains(comment) } ?? ""
                let goes =
                    (change == .remove && (owner == name || line.hasPrefix("default")))
                    || (change == .login && line.contains("key_command"))
                #expect(goes, "seed \(seed), \(change) \(name): \(comment) is lost\n\(old)\n\(new)")
            }
        }
        // A file without a single line end says nothing of which.
        guard old.utf8.contains(0x0A) else { return true }
        let ends = new.utf8.count { $0 == 0x0A }
        #expect(new.unicodeScalars.count { $0 == "\r" } == (generated.ending == "\r\n" ? ends : 0), "seed \(seed)")
        return true
    }

    @Test("what has no oddities is always changed as meant, and all else stays")
    func plain() throws {
        for seed in 0..<400 { #expect(try check(UInt64(seed), isOdd: false) == true, "seed \(seed)") }
    }

    @Test("of what has oddities a change is made as meant, or refused with the file as it was")
    func odd() throws {
        var (made, refused) = (0, 0)
        for seed in 0..<1200 {
            switch try check(UInt64(seed), isOdd: true) {
            case true?: made += 1
            case false?: refused += 1
            case nil: break
            }
        }
        #expect(made > 200 && refused > 200, "\(made) made, \(refused) refused")
    }
}
