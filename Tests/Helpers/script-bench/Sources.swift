/// The texts that are measured.
enum Sources {
    static func all(lines: Int) -> [(name: String, text: String)] {
        [
            ("edits", edits(lines)), ("channels", channels(lines / 4)), ("program", program(lines / 10)),
            ("conditions", listings(lines / 4)),
        ]
    }

    /// What a recording holds: one edit a line. Tcl reads the same words.
    static func edits(_ lines: Int) -> String {
        var text = ""
        for index in 0..<lines {
            switch index % 3 {
            case 0: text += "use wh_\(100_000 + index)abc\n"
            case 1: text += "set description \"webhook number \(index)\"\n"
            default: text += "add-event cluster.execution.failed\n"
            }
        }
        return text
    }

    /// Keys, flags and JSON.
    private static func channels(_ lines: Int) -> String {
        var text = ""
        for index in 0..<lines {
            text += "add-channel slack channel_id=C\(index) name=\"team $team\" "
            text += #"headers={"X-Team": "t\#(index)", "retries": [1, 2, 3]} --on wh_\#(index)"# + "\n"
        }
        return text
    }

    /// Blocks and expressions.
    private static func program(_ times: Int) -> String {
        let part = """
            # A note about what follows.
            def rename who suffix="-old"
                let new = $who + $suffix
                if len($new) > 20 and not $new ~ "*-keep"
                    set name "$new"
                elif $suffix = none
                    return null
                end
            end

            for id in [wh_1, wh_2, "wh 3"]
                try
                    rename $id
                catch e
                    set description "failed: ${e.message}"
                end
            end


            """
        return String(repeating: part, count: times)
    }

    private static func listings(_ lines: Int) -> String {
        var text = ""
        for index in 0..<lines {
            text +=
                "ls where active and name ~ \"Team \(index)*\" and (channel in [slack, http] or count(events) > 3)\n"
        }
        return text
    }

    static func loop(_ turns: Int) -> String {
        "let n = 0\nfor i in 1..\(turns)\n    if $i % 2 = 0\n        let n = $n + $i\n    end\n    set name \"n $i\"\nend\n"
    }

    static let conditions = [
        "active", "name = \"Team 77\"", "name ~ \"Team 9*\"", "name =~ /99$/", "events has object.created",
        "active and not name ~ \"*7\"", "channels.*.configs.channel_id = C77", "len(name) > 8",
        "created > 2025-01-01",
    ]
}
