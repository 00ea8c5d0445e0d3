/// Where the processes of one key keep the budget that they share.
package protocol BudgetStore: Sendable {
    /// Calls `body` with what is kept, nil when that is nothing or can't be read, and keeps what it leaves there.
    /// Nobody else's call comes between. Where the store cannot be had, `body` is called with nil and nothing is kept:
    /// a budget of our own is better than no request.
    func exchange<Value>(_ body: (inout RateBudget?) -> Value) -> Value
}
