import HookScript
import Session
import WebhookModel

/// What the shell itself finds wrong; what other parts find wrong keeps its own type.
package enum ShellError: Error, Sendable {
    /// An editing command with neither selection nor current webhook.
    case noTarget(command: String)
    /// A command about one webhook, with none current.
    case noCurrentWebhook(command: String)
    /// Words that the declaration allows and the command cannot make sense of.
    case usage(command: String, problem: String, hint: String?)
    case unknownFormat(String, nearest: String?)
    case unknownCommand(String, nearest: String?)
    case noPlaceForFiles
    /// A question that cannot be asked: no terminal, or `--no-input`.
    case cannotAsk(question: String, instead: String)
    case declined
    /// A question that was answered with nothing.
    case nothingGiven
    case stagedEdits(count: Int, blocked: String)
    /// A file that others may read is to get secrets.
    case wouldShowSecrets(path: String)
    case includesItself(path: String)
    /// `run --check` and `fmt`: what was found is shown already.
    case faults(count: Int, isMore: Bool, path: String)
    /// `fmt --check`.
    case notCanonical(count: Int)
    /// No run that this script began is left to resume.
    case nothingToResume(script: String)
    case recordingGoesOn(path: String)
    /// What is staged already would not be in it.
    case recordingOverEdits(count: Int)
    case notRecording
    case unknownAlias(String, nearest: String?)
    /// A pipe to another program in a script that was not allowed to run any.
    case programsNotAllowed(program: String)
    /// What a script wanted that could have a program run later.
    case notInScripts(what: String)
    /// There is no such program, or it may not be run.
    case noProgram(String)
    /// The last program of a pipe failed.
    case program(String, status: Int32)
    /// `plugin test`: so many of the lines above say FAIL.
    case checksFailed(Int)
    /// `doctor`: so many of the lines above say problem.
    case findings(count: Int)
    case interrupted
    /// A commit, resume or rollback that did not do all of it.
    case commit(ExitStatus, String, run: RunID?)
    /// The limits kept a commit from sending anything.
    case limits
    /// With `--detailed-exitcode`.
    case planHoldsChanges
    /// A server without the operations of a sandbox.
    case notASandbox(profile: String, host: String)
    /// An event that the sandbox does not know, or no longer.
    case unknownEvent(String)
    /// A change to a sandbox whose answer was lost.
    case rehearsalInDoubt(ServiceError)
    case service(ServiceError)
    case journal(JournalError)
    case output(OutputError)
    /// `quit`: ends the run, and is no failure.
    case quit
    /// A script that ended with `exit N`.
    case exited(Int32)
}
