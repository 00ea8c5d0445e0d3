/// Says why a run could not begin, before there is a shell to say it.
package enum StartError {
    package static func report(_ error: any Error, environment: ShellEnvironment, options: GlobalOptions) -> ExitStatus
    {
        let problem = Problems.problem(error)
        Messages(environment: environment, options: options).fail(problem.sentence)
        return problem.exit
    }
}
