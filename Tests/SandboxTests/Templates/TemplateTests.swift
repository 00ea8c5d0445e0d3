import LosslessJSON
import Testing

@testable import Sandbox

@Suite("Templates")
struct TemplateTests {
    private let values: JSON = [
        "name": "Ada", "empty": "", "nothing": .null, "count": 3, "no": false, "at": "2026-03-01T12:34:56Z",
        "list": ["a", "b", "c"], "map": ["k": "v"], "html": "<b>\"x\" & 'y'</b>", "deep": ["er": [["x": 1]]],
    ]

    private func render(_ source: String, _ escape: TemplateEscape = .none) throws(TemplateError) -> String {
        try TemplateRenderer.text(Template(parsing: source), values: values, escape: escape)
    }

    @Test(
        "values, filters, conditions and loops",
        arguments: [
            ("", ""), ("plain { text } % #", "plain { text } % #"), ("{{ name }}!", "Ada!"), ("{{name}}", "Ada"),
            ("{{ missing }}{{ nothing }}{{ name.x.y }}", ""), ("{{ deep.er.0.x }}{{ deep[\"er\"][0]['x'] }}", "11"),
            ("{{ name | upper }} {{ name|lower }} {{ 'ab c' | capitalize }}", "ADA ada Ab c"),
            ("{{ missing | default('d') }} {{ empty | default('e') }} {{ name | default('x') }}", "d e Ada"),
            ("{{ name | truncate(2) }} {{ name | truncate(3) }} {{ name | truncate(0) }}", "Ad… Ada …"),
            ("{{ list | json }} {{ name | json }} {{ map }}", "[\"a\",\"b\",\"c\"] \"Ada\" {\"k\":\"v\"}"),
            (
                "{{ at | date('%d.%m.%Y %H:%M:%S %%') }} {{ at|date }} {{ name|date }}",
                "01.03.2026 12:34:56 % 2026-03-01 12:34:56 Ada"
            ),
            ("{{ list | join('-') }} {{ list | length }} {{ list|first }}{{ list|last }}", "a-b-c 3 ac"),
            ("{{ list[1] }}{{ list[3] }}{{ map[0] }}{{ map|first }}{{ name|last }}", "b"),
            ("{{ ' x ' | trim }}|{{ 'aXbX' | replace('X', '--') }}", "x|a--b--"),
            ("{% if count == 3 and not no %}y{% else %}n{% endif %}", "y"),
            ("{% if missing %}1{% elif name == 'Ada' %}2{% else %}3{% endif %}", "2"),
            ("{% if ('a' in list or no) and 'd' in name %}y{% endif %}{% if 'k' in map %}m{% endif %}", "ym"),
            ("{% if list == list %}y{% else %}n{% endif %}{% if name != 'Bob' %}!{% endif %}", "n!"),
            (
                "{% for x in list %}{{ loop.index }}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}", "1a,2b,3c"
            ),
            ("{% for x in missing %}x{% else %}none{% endfor %}", "none"),
            ("{% for e in map %}{{ e.key }}={{ e.value }}{% endfor %}", "k=v"),
            ("{# a comment \"with quotes' #}x{{ \"}}\" }}{{ 'it\\'s' }}", "x}}it's"),
            ("{{ -1.5e3 }}{{ true }}", "-1.5e3true"),
            ("{% for name in list %}{{ name }}{% endfor %}{{ name }}", "abcAda"),
        ])
    func rendering(source: String, expected: String) throws {
        #expect(try render(source) == expected)
    }

    @Test(
        "an error is found when the template is read, at its byte",
        arguments: [
            ("x{{ name", TemplateError.Reason.unclosed("{{"), 1), ("{% if a %}", .unbalanced("if"), 0),
            ("a{% endif %}", .unbalanced("endif"), 1), ("{% for x in y %}{% endif %}", .unbalanced("endif"), 16),
            ("{% include x %}", .unknownTag("include"), 2), ("{{ a | evil }}", .unknownFilter("evil"), 11),
            ("{{ a | truncate }}", .arguments(filter: "truncate"), 16),
            ("{{ a b }}", .expected("the end of the mark"), 5),
            ("{{ }}", .expected("a name"), 3), ("{{ a.__ | upper() | upper(1) }}", .arguments(filter: "upper"), 28),
            ("{% for x of y %}", .expected("'in'"), 11), ("{{ 'a }}", .unclosed("{{"), 0),
            ("{{ a[ }}", .expected("a text in quotes"), 6),
        ])
    func errors(source: String, reason: TemplateError.Reason, offset: Int) {
        let error = #expect(throws: TemplateError.self) { try Template(parsing: source) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test("values can't break out of the HTML or the JSON that they are put into")
    func escaping() throws {
        #expect(try render("<p>{{ html }}</p>", .html) == "<p>&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</p>")
        let text = try render(#"{"t":"{{ html }}","l":{{ list | json }}}"#, .json)
        #expect(try JSON(parsing: text) == ["t": "<b>\"x\" & 'y'</b>", "l": ["a", "b", "c"]])
    }

    @Test("in a JSON template a sole value stays what it is, and text around it makes it a text")
    func documents() throws {
        let template: JSON = [
            "n": "{{ count }}", "t": "n={{ count }}", "l": ["{{ list }}", 7, .null], "{{ name }}": true,
        ]
        let rendered = try DocumentTemplate.render(template, values: values)
        #expect(rendered == ["n": 3, "t": "n=3", "l": [["a", "b", "c"], 7, .null], "{{ name }}": true])
    }

    @Test("every template ends: size, depth, rounds, output and work are bounded")
    func limits() throws {
        let deep = String(repeating: "{% if a %}", count: 17) + String(repeating: "{% endif %}", count: 17)
        #expect(throws: TemplateError(reason: .tooDeep(limit: 16), offset: 170)) { try Template(parsing: deep) }
        #expect(throws: TemplateError(reason: .tooLong(limit: 65_536), offset: nil)) {
            try Template(parsing: String(repeating: "x", count: 65_537))
        }
        let chain = Array(repeating: "a", count: 257).joined(separator: " or ")
        let error = #expect(throws: TemplateError.self) { try Template(parsing: "{% if \(chain) %}{% endif %}") }
        #expect(error?.reason == .tooDeep(limit: 256))
        let many: JSON = ["l": JSON((0..<200).map { JSON($0) }), "big": JSON(String(repeating: "x", count: 200_000))]
        func fails(_ source: String, _ reason: TemplateError.Reason) throws {
            let template = try Template(parsing: source)
            #expect(throws: TemplateError(reason: reason, offset: nil)) {
                try TemplateRenderer.text(template, values: many)
            }
        }
        let nested = "{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}"
        try fails(nested, .tooManyRounds(limit: 10_000))
        try fails("{{ big }}{{ big }}", .outputTooLong(limit: 262_144))
        try fails("{{ big | replace('x', 'yyyyyyyyyy') }}", .outputTooLong(limit: 262_144))
        try fails("{% for a in l %}{{ big | upper | length }}{% endfor %}", .tooMuchWork)
        try fails("{% for a in l %}{% if 'y' in big %}{% endif %}{% endfor %}", .tooMuchWork)
    }

    @Test("no text crashes the parser", arguments: 0..<300 as Range<UInt64>)
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "{{", "}}", "{%", "%}", "{#", "#}", "if", "for", "in", "else", "endif", "endfor", "elif", " ", "a.b", "|",
            "(",
            ")", "'", "\"", "\\", "[0]", "==", "not", "and", "upper", "truncate(3)", "é", "1", "-", ".", "x",
        ]
        let source = (0..<40).map { _ in pieces.randomElement(using: &generator)! }.joined()
        _ = try? render(source)
    }

    @Test("a webhook with a template that is none is refused, by its place; so is a PUT")
    func validation() async throws {
        try await Harness.run { sandbox async throws in
            let good = webhookDocument("sms", ["phone_numbers": ["+15550100"], "message_template": "{{ event_type }}"])
            let id = try await sandbox.create(good)
            let bad = webhookDocument("webhook", ["url": "https://h", "payload_template": ["a": [1, "{{ x"]]])
            for reply in [
                try await sandbox.request("POST", "/", body: bad.text(.compact)),
                try await sandbox.request("PUT", "/\(id)", body: bad.text(.compact)),
            ] {
                #expect(reply.status == 422)
                let problem = reply.json?["error"]?["details"]?["validation_errors"]?[0]
                #expect(
                    problem?["location"]
                        == ["body", "channels", 0, "configs", "payload_template", "a", 1])
                #expect(problem?["message"]?.string?.contains("'{{' is not closed at byte 0") == true)
            }
            #expect(try await sandbox.webhook(id)["channels"] == good["channels"])
        }
    }
}
