import LineEditor
import Testing

@testable import Shell

@Suite("Tables")
struct TableTests {
    private let table = Table(
        columns: [.init("ID", isRigid: true), .init("NAME"), .init("EVENTS")],
        rows: [
            ["wh_abc123def4", "Engineering Slack Alerts", "object.created,object.updated,object.deleted"],
            ["wh_xyz789uvw0", "監視", "*"],
        ])

    @Test("without a window every cell is whole and columns line up")
    func natural() {
        #expect(
            table.lines(width: nil, style: .plain) == [
                "ID             NAME                      EVENTS",
                "wh_abc123def4  Engineering Slack Alerts  object.created,object.updated,object.deleted",
                "wh_xyz789uvw0  監視                      *",
            ])
    }

    @Test("a row never exceeds the window, and an id is never cut", arguments: 32...100)
    func fits(_ width: Int) {
        for line in table.lines(width: width, style: .plain) { #expect(DisplayWidth.of(line) <= width) }
        #expect(table.lines(width: width, style: .plain)[1].hasPrefix("wh_abc123def4  "))
    }

    @Test("a window too narrow for anything still gives rows", arguments: [1, 5, 20])
    func narrow(_ width: Int) {
        #expect(table.lines(width: width, style: .plain).count == 3)
    }

    @Test("a control character in a cell cannot move the cursor")
    func hostile() {
        let table = Table(columns: [.init("NAME")], rows: [["\u{1B}[2J"]])
        #expect(table.lines(width: 40, style: .plain) == ["NAME", "\\u{1B}[2J"])
    }
}
