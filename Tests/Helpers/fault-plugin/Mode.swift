/// What goes wrong. Each is a row of the table of faults in docs/plugins.md, or a part of one.
enum Mode: String, CaseIterable {
    /// Nothing: every call is answered.
    case good
    // Standard output that is no message.
    case printsNoise
    case floodsNoise
    // Messages that are none.
    case sendsNoMessage
    case sendsBatch
    case sendsScalar
    case sendsBadUTF8
    case sendsDuplicateMember
    case answersUnknownID
    // Time.
    case hangs
    case answersCancel
    case hangsAtStart
    case reportsProgress
    case progressesForever
    // Ends.
    case crashes
    case crashesOnce
    case crashesAtStart
    case exitsQuietly
    case killsItself
    // Answers.
    case answersLate
    case answersTwice
    case answersMalformed
    case answersError
    // Sizes.
    case sendsEndlessLine
    case stopsReading
    // Processes.
    case startsGrandchild
    case startsDaemon
    case ignoresEverything
    case closesOutput
    // Greeting.
    case refusesToStart
    case choosesOtherVersion
    case implementsNothing
    case asksTooEarly
    // Requests to the host.
    case asksHost
    case asksWithoutContext
    case floodsRequests
    // Text.
    case sendsControlCharacters
    // What it can see.
    case looksAround
}
