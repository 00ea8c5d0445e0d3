/// What people read where `config.yaml` is right, but cannot be changed by lines.
enum ConfigurationObstacleSentences {
    static func words(_ obstacle: ConfigurationObstacle) -> (String, String?) {
        let (what, how) = parts(obstacle)
        return (
            what + "; nothing was changed", how + ", or make the change in an editor; help config has the members"
        )
    }

    private static func parts(_ obstacle: ConfigurationObstacle) -> (String, String) {
        switch obstacle {
        case .flow(let name):
            (
                "\(shown(name)) stands in braces, which cannot be changed line by line",
                "write it as indented lines, NAME: VALUE"
            )
        case .anchor:
            ("with anchors (&) and aliases (*) a line stands for more than itself", "write out what they stand for")
        case .property(let name):
            ("\(shown(name)) has a tag (!)", "write the value without it")
        case .severalLines(let name):
            ("\(shown(name)) goes on over several lines", "write its value on one line")
        case .explicitName(let name):
            ("\(shown(name)) does not begin its line", "write it as NAME: VALUE on a line of its own")
        case .tab: ("the line is indented by a tab", "indent it by blanks")
        case .absent(let name): ("there is no \(shown(name)) in the file", "add it")
        case .unforeseen:
            ("with this line changed the file would not say what it should", "write it as indented lines, NAME: VALUE")
        }
    }

    private static func shown(_ name: String) -> String { Printable.escaped(name) }
}
