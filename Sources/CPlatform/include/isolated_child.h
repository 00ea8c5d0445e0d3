// Programs that are started apart from this one: in a session of their own, with nothing inherited but three pipes.
//
// Each function returns 0, or the errno of what failed, unless it says otherwise.

#ifndef ISOLATED_CHILD_H
#define ISOLATED_CHILD_H

#include <sys/types.h>

#pragma clang assume_nonnull begin

/// Starts a program apart.
///
/// Guarantees: the program is the leader of a new session and process group, without a controlling terminal; `input`,
/// `output` and `errors` are its standard streams and no other descriptor is open; every signal has its default action
/// and none is blocked; it works in `directory`, leaves no core file, and gets exactly `environment`. The kernel kills
/// it when the calling thread ends, however that comes: call from a thread that outlives it. A program that cannot be
/// executed is reported here. `path` is taken as it is; it is not searched for.
///
/// On success the caller must wait for `process` and close `descriptor`, a close-on-exec pidfd that polls as readable
/// once the program has ended (-1 where the kernel has none). The three descriptors stay the caller's.
int platform_spawn_isolated(const char *path, char *_Nullable const *_Nonnull arguments,
                            char *_Nullable const *_Nonnull environment, const char *directory, int input, int output,
                            int errors, pid_t *process, int *descriptor);

/// Makes what this process holds unreadable for others of the same user: /proc/PID/environ, its memory, ptrace. A
/// program that is executed afterwards is not concerned.
int platform_hide_process(void);

/// Whether ``platform_hide_process`` is in effect.
int platform_is_hidden(void);

/// Opens a descriptor for a process, which goes on meaning that process when its number is used again; -1 on failure.
int platform_open_process(pid_t process);

/// Sends a signal to the process that the descriptor means.
int platform_signal_process(int descriptor, int signal);

/// Makes a descriptor that is readable once `platform_wake` was called on it, until `platform_rest`; -1 on failure.
int platform_open_wakeup(void);
void platform_wake(int descriptor);
void platform_rest(int descriptor);

/// Makes reads and writes of the descriptor return at once; asks the kernel for a pipe of `capacity` bytes, as a wish.
int platform_prepare_pipe(int descriptor, int capacity);

#pragma clang assume_nonnull end

#endif
