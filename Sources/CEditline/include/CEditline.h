// libedit for Swift.
//
// el_wset, el_wget and history_w are variadic, which Swift cannot call, and libedit's text is wchar_t, which Swift reads
// as Unicode.Scalar although the library may hold values that are none. So: one function with fixed arguments for each
// use, text as uint32_t, and pointers that say whether they may be null. Nothing here decides anything.
//
// An EditLine belongs to one thread. Text is NUL-terminated unless a length is given.

#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "terminal_guard.h"
#include "window_signals.h"

#pragma clang assume_nonnull begin

typedef struct editline EditLine;
typedef struct historyW HistoryW;

/// What a key's function answers (the CC_ values of histedit.h).
typedef enum {
    EditlineNormal = 0,       ///< nothing to redraw
    EditlineNewline = 1,      ///< the line is entered
    EditlineEndOfFile = 2,    ///< the read ends without a line
    EditlineRefresh = 4,      ///< the text changed
    EditlineCursor = 5,       ///< the cursor moved
    EditlineError = 6,        ///< beep
    EditlineRefreshBeep = 9,  ///< the text changed, and beep
} EditlineAnswer;

/// Called for a key; `key` is its last character.
typedef unsigned char (*EditlineFunction)(EditLine *, int key);
/// Gives the prompt; the text must stay valid until the next call.
typedef uint32_t *_Nonnull (*EditlinePrompt)(EditLine *);
/// Reads one scalar from the terminal: 1, or 0 at the end of input, or -1 with errno.
typedef int (*EditlineReader)(EditLine *, uint32_t *scalar);

/// Where libedit's own commands get the history from, each time that they look into it.
typedef struct {
    HistoryW *_Nonnull (*_Nonnull prepare)(void *context);
    void *context;
} EditlineHistorySource;

// Life.

/// Gives the calling thread a locale whose text is UTF-8 (and which is C's otherwise), whatever the process's locale:
/// libedit asks it which characters are printable and how wide they are. False if the system has no such locale.
bool editline_use_utf8(void);

/// Whether `editline_use_utf8` would succeed; the thread keeps its locale.
bool editline_has_utf8(void);

/// libedit's version.
const char *editline_version(void);

/// Null if memory ran out. Reads the terminal's modes, and TERM from the environment. Complaints go to `error`.
EditLine *_Nullable editline_create(const char *program, FILE *input, FILE *output, FILE *error);
/// What was typed ahead stays; the terminal is left in the modes between lines.
void editline_destroy(EditLine *);

/// Whatever the owner wants to find again in a callback.
void editline_set_client(EditLine *, void *client);
void *_Nullable editline_client(EditLine *);

// Set-up.

/// `marker` stands before and after an escape sequence in the prompt, which takes no room. The sequence must be followed
/// by a visible character.
void editline_set_prompt(EditLine *, EditlinePrompt, char marker);
void editline_set_right_prompt(EditLine *, EditlinePrompt, char marker);
void editline_set_reader(EditLine *, EditlineReader);
/// The source must stay where it is as long as the editor is used.
void editline_set_history(EditLine *, EditlineHistorySource *source);

/// `name` and `help` must outlive the EditLine: libedit keeps the pointers.
bool editline_add_function(EditLine *, const uint32_t *name, const uint32_t *help, EditlineFunction);
/// `key` in editrc(5)'s notation; in the map of vi's command mode if `in_command_mode`.
bool editline_bind(EditLine *, const uint32_t *key, const uint32_t *function, bool in_command_mode);
/// Delivers Ctrl-C, Ctrl-\ and Ctrl-Z as keys while a line is edited.
bool editline_take_signal_keys(EditLine *);
/// The terminal's sequence for a capability (a two-letter termcap name); null if it has none.
const char *_Nullable editline_capability(EditLine *, const char *name);
/// Runs one line of an editrc file; false if libedit did not understand it.
bool editline_configure(EditLine *, const uint32_t *line);
/// False after `edit off` in an editrc file.
bool editline_is_enabled(EditLine *);
bool editline_is_vi(EditLine *);
/// Sets the keys to libedit's defaults for emacs; bindings made before are lost.
void editline_use_emacs(EditLine *);

// Reading.

/// Null at the end of input (count 0) and on an error (count -1, errno). The text holds `count` scalars, its newline
/// included, and is valid until the next call.
const uint32_t *_Nullable editline_read_line(EditLine *, int *count);

// The line being edited.

/// `text` is not NUL-terminated and valid until the line changes.
typedef struct {
    const uint32_t *text;
    size_t length;
    size_t cursor;
} EditlineLine;

EditlineLine editline_line(EditLine *);
/// Inserts at the cursor, which ends behind it; false when empty or out of memory.
bool editline_insert(EditLine *, const uint32_t *text);
/// Puts `text` in the line's place; the cursor stays where it was, or goes to the end. False when empty.
bool editline_replace(EditLine *, const uint32_t *text);
/// Deletes before the cursor; the deleted text takes the place of what Ctrl-Y yanks.
void editline_delete_before(EditLine *, int count);
void editline_move_cursor(EditLine *, int count);

// The screen.

/// Takes the window's size anew, and forgets what is on the screen.
void editline_resize(EditLine *);
/// Draws prompt and line where the terminal's cursor is, which must be in the first column.
void editline_redraw(EditLine *);
/// Puts the terminal into the editor's modes, or back.
void editline_set_editing_modes(EditLine *, bool editing);

// History, as libedit's own commands see it.

HistoryW *_Nullable editline_history_create(int capacity);
void editline_history_destroy(HistoryW *);
bool editline_history_enter(HistoryW *, const uint32_t *entry);
void editline_history_clear(HistoryW *);
/// How many entries libedit finds when it asks the source.
int editline_history_count(EditlineHistorySource *source);

#pragma clang assume_nonnull end

#endif
