/// What is known around a script before it runs, and what it is checked against.
package struct Surroundings: Sendable {
    /// The commands and aliases.
    package var signatures: any SignatureLookup
    /// The fields that `where` may name; nil where nobody knows them yet, and then none is reported.
    package var fields: (any FieldResolver)?
    /// Variables that are there from the start: given by `--var`, and the host's own, whether they have a value or not.
    package var variables: Set<String>
    /// The command that makes aliases, as `alias NAME WORD…`; a script's own aliases are known by it.
    package var aliasCommand: String?
    package var limits: Limits

    package init(
        signatures: any SignatureLookup, fields: (any FieldResolver)? = nil, variables: Set<String> = [],
        aliasCommand: String? = nil, limits: Limits = .standard
    ) {
        self.signatures = signatures
        self.fields = fields
        self.variables = variables
        self.aliasCommand = aliasCommand
        self.limits = limits
    }
}
