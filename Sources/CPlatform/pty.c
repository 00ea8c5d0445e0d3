#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int open_master(char *name, size_t length) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0) return -1;
    if (grantpt(master) == 0 && unlockpt(master) == 0) {
        int failure = ptsname_r(master, name, length);
        if (failure == 0) return master;
        errno = failure;
    }
    int failure = errno;
    close(master);
    errno = failure;
    return -1;
}

static int prepare(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions, const char *terminal,
                   const char *directory) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    int failure = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (!failure) failure = posix_spawnattr_setsigdefault(attributes, &all);
    if (!failure) failure = posix_spawnattr_setsigmask(attributes, &none);
    // Opened by the leader of a new session, without O_NOCTTY, the terminal becomes its controlling terminal.
    if (!failure) failure = posix_spawn_file_actions_addopen(actions, 0, terminal, O_RDWR, 0);
    if (!failure) failure = posix_spawn_file_actions_adddup2(actions, 0, 1);
    if (!failure) failure = posix_spawn_file_actions_adddup2(actions, 0, 2);
    if (!failure && directory) failure = posix_spawn_file_actions_addchdir_np(actions, directory);
    if (!failure) failure = platform_close_descriptors_from(actions, 3);
    return failure;
}

int platform_spawn_on_pty(const char *path, char *const *arguments, char *const *environment, const char *directory,
                          uint16_t rows, uint16_t columns, int *master, pid_t *process) {
    char name[64];
    int terminal = open_master(name, sizeof name);
    if (terminal < 0) return errno;
    int failure = platform_set_window_size(terminal, rows, columns);

    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    if (!failure) failure = posix_spawnattr_init(&attributes);
    if (!failure) {
        failure = posix_spawn_file_actions_init(&actions);
        if (!failure) {
            failure = prepare(&attributes, &actions, name, directory);
            if (!failure) failure = posix_spawn(process, path, &actions, &attributes, arguments, environment);
            posix_spawn_file_actions_destroy(&actions);
        }
        posix_spawnattr_destroy(&attributes);
    }
    if (failure) {
        close(terminal);
        return failure;
    }
    *master = terminal;
    return 0;
}

int platform_set_window_size(int terminal, uint16_t rows, uint16_t columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(terminal, TIOCSWINSZ, &size) == 0 ? 0 : errno;
}
