/// The first lines of a prompt.
extension Shell {
    package func greet(version: String) {
        messages.note("hookline \(version). help lists the commands, Tab completes, Ctrl-D leaves.")
        if startsOnSandbox {
            messages.note(
                "This is the sandbox: samples on an embedded server, safe to change. profile add connects to the API.")
        }
    }
}
