// Tells the editor's thread that the window changed or that the process goes on after a stop.

#ifndef EDITLINE_WINDOW_SIGNALS_H
#define EDITLINE_WINDOW_SIGNALS_H

#include <stdbool.h>
#include <stdint.h>

/// The bytes that are written for SIGWINCH and SIGCONT.
static const uint8_t editline_window_changed = 'w';
static const uint8_t editline_continued = 'c';

/// From now on writes one byte to `descriptor` (which must not block) when SIGWINCH or SIGCONT arrives, and then does
/// what the process did with the signal before. One watcher in a process: a second call takes the first one's place.
/// The handlers only write, so they are safe at any moment; system calls that they interrupt are restarted.
void editline_watch_signals(int descriptor);

/// Puts the handlers back that were there before.
void editline_unwatch_signals(void);

#endif
