/// `let NAME = EXPR`
package struct Assignment: Sendable {
    package let name: Name
    package let value: Expression
}

/// `if EXPR … { elif EXPR … } [ else … ] end`
package struct Branch: Sendable {
    package struct Arm: Sendable {
        package let condition: Expression
        package let body: Block
    }

    package let arms: [Arm]
    package let otherwise: Block?
}

/// `for NAME in EXPR … end`
package struct Loop: Sendable {
    package let name: Name
    package let list: Expression
    package let body: Block
}

/// `each [selected] [where EXPR] … end`
package struct Each: Sendable {
    package let selected: Bool
    package let condition: Expression?
    package let body: Block
}

/// `def NAME PARAM [PARAM=default]… … end`
package struct Definition: Sendable {
    package struct Parameter: Sendable {
        package let name: Name
        package let fallback: Word?
    }

    package let name: Name
    package let parameters: [Parameter]
    package let body: Block
}

/// `try … catch [NAME] … end`
package struct Attempt: Sendable {
    package let body: Block
    package let errorName: Name?
    package let handler: Block
}

/// `param NAME ["help"] [= default] [--secret]`
package struct Parameter: Sendable {
    package let name: Name
    package let help: String?
    package let fallback: Expression?
    package let isSecret: Bool
}

/// `requires hookline 1`
package struct Requirement: Sendable {
    package let language: Name
    package let version: Name
}

/// `assert EXPR ["message"]`
package struct Assertion: Sendable {
    package let condition: Expression
    package let message: Word?
}

/// `wait D` and `wait until EXPR --timeout D`
package enum Wait: Sendable {
    case duration(Expression)
    case until(Expression, timeout: Expression)
}
