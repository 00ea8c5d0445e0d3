#include "terminal_guard.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

// Crashes come first, up to crash_count: those are caught whatever handles them.
static const int guarded[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS,  SIGFPE,  SIGSEGV,
                              SIGSYS, SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGPIPE};
enum { guarded_count = sizeof guarded / sizeof *guarded, crash_count = 7 };

static struct sigaction previous[guarded_count];
static bool caught[guarded_count];
static struct termios modes;
static int terminal_input, terminal_output;
// 1 while there are modes to restore. Taken by an exchange, so that they are restored once.
static atomic_int armed;

// Calls only what POSIX lets a signal handler call.
static void restore(void) {
    if (!atomic_exchange(&armed, 0)) return;
    int saved = errno;
    // Stopped, and ended from elsewhere: the terminal is the shell's now, and setting its modes would stop us again.
    if (tcgetpgrp(terminal_input) != getpgrp()) {
        errno = saved;
        return;
    }
    static const char paste_off[] = "\033[?2004l\r\n";
    ssize_t written = write(terminal_output, paste_off, sizeof paste_off - 1);
    (void)written;
    tcsetattr(terminal_input, TCSANOW, &modes);
    errno = saved;
}

static void restore_and_pass_on(int number) {
    restore();
    for (int i = 0; i < guarded_count; i++)
        if (guarded[i] == number) sigaction(number, &previous[i], NULL);
    // Blocked until this handler returns; then the process ends as it would have.
    raise(number);
}

bool editline_guard_arm(int input, int output) {
    static bool registered;
    editline_guard_disarm();
    if (tcgetattr(input, &modes) != 0) return false;
    terminal_input = input;
    terminal_output = output;
    if (!registered) registered = atexit(restore) == 0;
    atomic_store(&armed, 1);
    struct sigaction action = {.sa_handler = restore_and_pass_on};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < guarded_count; i++) {
        caught[i] = sigaction(guarded[i], NULL, &previous[i]) == 0 &&
                    (i < crash_count || (!(previous[i].sa_flags & SA_SIGINFO) && previous[i].sa_handler == SIG_DFL));
        // A stack that ran over can only be handled on another one, if the thread has it.
        action.sa_flags = i < crash_count ? SA_ONSTACK : SA_RESTART;
        if (caught[i]) sigaction(guarded[i], &action, NULL);
    }
    return true;
}

void editline_guard_disarm(void) {
    atomic_store(&armed, 0);
    for (int i = 0; i < guarded_count; i++) {
        struct sigaction now;
        if (caught[i] && sigaction(guarded[i], NULL, &now) == 0 && now.sa_handler == restore_and_pass_on)
            sigaction(guarded[i], &previous[i], NULL);
        caught[i] = false;
    }
}
