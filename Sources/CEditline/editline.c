#include "CEditline.h"

#include <histedit.h>
#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "libedit's characters are UTF-32");
_Static_assert(CC_NORM == EditlineNormal && CC_NEWLINE == EditlineNewline && CC_EOF == EditlineEndOfFile &&
                   CC_REFRESH == EditlineRefresh && CC_CURSOR == EditlineCursor && CC_ERROR == EditlineError &&
                   CC_REFRESH_BEEP == EditlineRefreshBeep,
               "a key's answers are libedit's");

// wchar_t is int here, and int may be read as unsigned int.
static const wchar_t *wide(const uint32_t *text) { return (const wchar_t *)text; }

// Life.

// Made once and kept: a thread that ends must not leave a freed locale in use.
static locale_t utf8;

static void make_utf8(void) {
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names && utf8 == (locale_t)0; i++)
        utf8 = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
}

bool editline_has_utf8(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_utf8);
    return utf8 != (locale_t)0;
}

bool editline_use_utf8(void) {
    if (!editline_has_utf8()) return false;
    uselocale(utf8);
    return true;
}

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor) TEXT_OF(major) "." TEXT_OF(minor)

const char *editline_version(void) { return VERSION_TEXT(LIBEDIT_MAJOR, LIBEDIT_MINOR); }

EditLine *editline_create(const char *program, FILE *input, FILE *output, FILE *error) {
    return el_init(program, input, output, error);
}

void editline_destroy(EditLine *el) {
    // While it may edit, el_end sets the terminal's first modes with TCSAFLUSH, which throws away what was typed ahead.
    el_wset(el, EL_PREP_TERM, 0);
    el_wset(el, EL_EDITMODE, 0);
    el_end(el);
}

void editline_set_client(EditLine *el, void *client) { el_wset(el, EL_CLIENTDATA, client); }

void *editline_client(EditLine *el) {
    void *client = NULL;
    el_wget(el, EL_CLIENTDATA, &client);
    return client;
}

// Set-up.

void editline_set_prompt(EditLine *el, EditlinePrompt prompt, char marker) {
    el_wset(el, EL_PROMPT_ESC, prompt, (int)marker);
}

void editline_set_right_prompt(EditLine *el, EditlinePrompt prompt, char marker) {
    el_wset(el, EL_RPROMPT_ESC, prompt, (int)marker);
}

void editline_set_reader(EditLine *el, EditlineReader reader) { el_wset(el, EL_GETCFN, (el_rfunc_t)reader); }

// What libedit asks its history with: an operation, and a number or a pointer to go with it.
static int asked(void *context, HistEventW *event, int operation, ...) {
    EditlineHistorySource *source = context;
    HistoryW *history = source->prepare(source->context);
    va_list arguments;
    va_start(arguments, operation);
    int status;
    switch (operation) {
        case H_SET:
        case H_SETSIZE:
        case H_SETUNIQUE:
            status = history_w(history, event, operation, va_arg(arguments, int));
            break;
        default: status = history_w(history, event, operation, va_arg(arguments, void *));
    }
    va_end(arguments);
    return status;
}

void editline_set_history(EditLine *el, EditlineHistorySource *source) { el_wset(el, EL_HIST, asked, source); }

bool editline_add_function(EditLine *el, const uint32_t *name, const uint32_t *help, EditlineFunction function) {
    return el_wset(el, EL_ADDFN, wide(name), wide(help), function) == 0;
}

bool editline_bind(EditLine *el, const uint32_t *key, const uint32_t *function, bool in_command_mode) {
    wchar_t *end = NULL;
    if (in_command_mode) return el_wset(el, EL_BIND, L"-a", wide(key), wide(function), end) == 0;
    return el_wset(el, EL_BIND, wide(key), wide(function), end) == 0;
}

bool editline_take_signal_keys(EditLine *el) {
    wchar_t *end = NULL;
    return el_wset(el, EL_SETTY, L"-d", L"-isig", end) == 0;
}

const char *editline_capability(EditLine *el, const char *name) {
    const char *value = NULL;
    return el_wget(el, EL_GETTC, name, &value) == 0 && value != NULL && *value != '\0' ? value : NULL;
}

bool editline_configure(EditLine *el, const uint32_t *line) {
    TokenizerW *tokenizer = tok_winit(NULL);
    if (tokenizer == NULL) return false;
    int count = 0;
    const wchar_t **words = NULL;
    // Zero: the line is whole. Otherwise a quote is open, or it ends in a backslash.
    bool understood = tok_wstr(tokenizer, wide(line), &count, &words) == 0 && (count == 0 || el_wparse(el, count, words) != -1);
    tok_wend(tokenizer);
    return understood;
}

bool editline_is_enabled(EditLine *el) {
    int enabled = 0;
    return el_wget(el, EL_EDITMODE, &enabled) == 0 && enabled;
}

bool editline_is_vi(EditLine *el) {
    const wchar_t *name = NULL;
    return el_wget(el, EL_EDITOR, &name) == 0 && name != NULL && wcscmp(name, L"vi") == 0;
}

void editline_use_emacs(EditLine *el) { el_wset(el, EL_EDITOR, L"emacs"); }

// Reading.

const uint32_t *editline_read_line(EditLine *el, int *count) { return (const uint32_t *)el_wgets(el, count); }

// The line being edited.

EditlineLine editline_line(EditLine *el) {
    const LineInfoW *line = el_wline(el);
    return (EditlineLine){
        .text = (const uint32_t *)line->buffer,
        .length = (size_t)(line->lastchar - line->buffer),
        .cursor = (size_t)(line->cursor - line->buffer),
    };
}

bool editline_insert(EditLine *el, const uint32_t *text) { return el_winsertstr(el, wide(text)) == 0; }

bool editline_replace(EditLine *el, const uint32_t *text) { return el_wreplacestr(el, wide(text)) == 0; }

void editline_delete_before(EditLine *el, int count) { el_wdeletestr(el, count); }

void editline_move_cursor(EditLine *el, int count) { el_cursor(el, count); }

// The screen.

void editline_resize(EditLine *el) { el_resize(el); }

void editline_redraw(EditLine *el) { el_wset(el, EL_REFRESH); }

void editline_set_editing_modes(EditLine *el, bool editing) { el_wset(el, EL_PREP_TERM, (int)editing); }

// History.

HistoryW *editline_history_create(int capacity) {
    HistoryW *history = history_winit();
    HistEventW event;
    if (history != NULL) history_w(history, &event, H_SETSIZE, capacity);
    return history;
}

void editline_history_destroy(HistoryW *history) { history_wend(history); }

bool editline_history_enter(HistoryW *history, const uint32_t *entry) {
    HistEventW event;
    return history_w(history, &event, H_ENTER, wide(entry)) >= 0;
}

void editline_history_clear(HistoryW *history) {
    HistEventW event;
    history_w(history, &event, H_CLEAR);
}

int editline_history_count(EditlineHistorySource *source) {
    HistEventW event;
    return asked(source, &event, H_GETSIZE) < 0 ? -1 : event.num;
}
