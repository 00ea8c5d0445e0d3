/// What `hookline --generate-completion-script SHELL` prints. Each script hands the words to hookline and shows what it
/// answers; where that is nothing, files.
package enum CompletionScript: String, CaseIterable, Sendable {
    case bash, zsh, fish

    package static let flag = "--generate-completion-script"
    /// What the scripts call.
    package static let question = "--complete-words"

    package var text: String {
        switch self {
        case .bash: Self.bashText
        case .zsh: Self.zshText
        case .fish: Self.fishText
        }
    }

    private static let bashText = """
        # bash completion for hookline
        _hookline() {
            local line words=()
            words=("${COMP_WORDS[@]:1:COMP_CWORD}")
            COMPREPLY=()
            while IFS= read -r line; do
                COMPREPLY+=("$(printf '%q' "${line%%$'\\t'*}")")
            done < <("${COMP_WORDS[0]}" \(question) "${words[@]}" 2>/dev/null)
            if [ ${#COMPREPLY[@]} -eq 0 ]; then compopt -o default 2>/dev/null; fi
            if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
        }
        complete -F _hookline hookline

        """

    private static let zshText = """
        #compdef hookline
        # zsh completion for hookline
        _hookline() {
            local line
            local -a values shown
            while IFS= read -r line; do
                values+=("${line%%$'\\t'*}")
                if [[ $line == *$'\\t'* ]]; then
                    shown+=("${line%%$'\\t'*} -- ${line#*$'\\t'}")
                else
                    shown+=("$line")
                fi
            done < <("${words[1]}" \(question) "${(@)words[2,CURRENT]}" 2>/dev/null)
            if (( ${#values} )); then
                compadd -l -d shown -a values
            else
                _files
            fi
        }
        if [ "$funcstack[1]" = "_hookline" ]; then
            _hookline "$@"
        else
            compdef _hookline hookline
        fi

        """

    private static let fishText = """
        # fish completion for hookline
        function __hookline_complete
            set -l words (commandline -opc) (commandline -ct)
            $words[1] \(question) $words[2..-1] 2>/dev/null
        end
        complete -c hookline -f -a '(__hookline_complete)'

        """
}
