// System calls that Swift cannot make: variadic ones, and what must happen between fork and exec.
//
// Each function returns 0, or the errno of what failed.

#ifndef CPLATFORM_H
#define CPLATFORM_H

#include <spawn.h>
#include <stdint.h>
#include <sys/types.h>

#include "isolated_child.h"

#pragma clang assume_nonnull begin

/// Starts a program on a pseudo-terminal of its own, with `rows` × `columns` cells.
///
/// Guarantees: the program is the leader of a new session and of its foreground process group; the pseudo-terminal is
/// its controlling terminal and its standard input, output and error, and no other descriptor is open; every signal has
/// its default action and none is blocked; it starts in `directory` if that is given. Nothing runs in the child between
/// fork and exec, so threads and locks of the parent do not matter. A program that cannot be executed is reported here.
/// On success the parent holds `master` (close-on-exec) and must close it and wait for `process`; on failure it holds
/// nothing.
int platform_spawn_on_pty(const char *path, char *_Nullable const *_Nonnull arguments,
                          char *_Nullable const *_Nonnull environment, const char *_Nullable directory, uint16_t rows,
                          uint16_t columns, int *master, pid_t *process);

/// Has a program that is started with these actions inherit no descriptor from `first` on: not every library opens its own
/// close-on-exec. To be added last.
int platform_close_descriptors_from(posix_spawn_file_actions_t *actions, int first);

/// Gives a terminal a new size; its foreground process group is sent SIGWINCH if that is a change.
int platform_set_window_size(int terminal, uint16_t rows, uint16_t columns);

/// Has the calling process sent `signal` (0: nothing) when the thread that started it ends. It is the thread and not the
/// process: whoever starts it must do so from a thread that lives on. Cleared by executing a set-user-ID program.
int platform_set_parent_death_signal(int signal);

/// Makes a pipe, `ends[0]` to read and `ends[1]` to write, both close-on-exec from the start: a program that another
/// thread starts meanwhile cannot inherit them.
int platform_pipe(int ends[_Nonnull 2]);

#pragma clang assume_nonnull end

#endif
