import Testing

@testable import Session

@Suite("A mailbox")
struct MailboxTests {
    @Test("hands over all that came, of each sender in its order, once")
    func order() async {
        let box = Mailbox<(sender: Int, number: Int)>()
        let (senders, each) = (8, 500)
        await withTaskGroup(of: Void.self) { group in
            for sender in 0..<senders {
                group.addTask {
                    for number in 0..<each {
                        if number % 3 == 0 { await Task.yield() }
                        box.post((sender, number))
                    }
                }
            }
            var next = Array(repeating: 0, count: senders)
            while next.reduce(0, +) < senders * each {
                let messages = await box.take()
                #expect(!messages.isEmpty)
                for message in messages {
                    #expect(message.number == next[message.sender])
                    next[message.sender] = message.number + 1
                }
            }
        }
    }

    @Test("no message is nothing to wake up for")
    func nothing() async {
        let box = Mailbox<Int>()
        let reader = Task { await box.take() }
        box.post([])
        box.post([1, 2])
        #expect(await reader.value == [1, 2])
    }
}
