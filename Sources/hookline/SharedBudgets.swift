import Shell
import WebhookAPI

/// Where the processes of this user find what is left of a key's rate limit: a file in the state folder.
struct SharedBudgets {
    let paths: Paths
    let files: any FileSystem

    /// Nil for a sandbox, which has no limit of its own, and where there is no place for files.
    func budget(of profile: Profile, key: Secret) -> (any BudgetStore)? {
        guard !profile.isSandbox, (try? files.createFolder(paths.state, mode: 0o700)) != nil else { return nil }
        return BudgetFile(path: paths.budgetFile(host: profile.host, fingerprint: KeyCodes(key).fingerprint))
    }
}
