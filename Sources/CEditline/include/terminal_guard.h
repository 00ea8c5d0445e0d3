// Gives the terminal back its modes when the process ends in the middle of a line.

#ifndef EDITLINE_TERMINAL_GUARD_H
#define EDITLINE_TERMINAL_GUARD_H

#include <stdbool.h>

/// Remembers the modes that the terminal behind `input` has now. Until `editline_guard_disarm` they are restored, and
/// bracketed paste is switched off on `output`, when the process calls exit, when it crashes (SIGILL, SIGTRAP, SIGABRT,
/// SIGBUS, SIGFPE, SIGSEGV, SIGSYS), and when a signal ends it that nobody handles (SIGHUP, SIGINT, SIGQUIT, SIGTERM,
/// SIGPIPE). Afterwards the signal has the effect it would have had: a handler that was there is run, a core is written.
/// Where the process handles or ignores one of the latter itself, that is left alone. A process in the background leaves
/// the terminal alone, which is another's then. Nothing helps against SIGKILL. False if `input` is no terminal.
bool editline_guard_arm(int input, int output);

/// Puts the signals' handlers back. The modes are left as they are.
void editline_guard_disarm(void);

#endif
