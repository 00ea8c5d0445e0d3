#include "window_signals.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static const int watched[] = {SIGWINCH, SIGCONT};
enum { watched_count = sizeof watched / sizeof *watched };

static struct sigaction previous[watched_count];
static atomic_int listener = -1;
static bool installed;

static void tell(int number, siginfo_t *information, void *context) {
    int saved = errno;
    int descriptor = atomic_load(&listener);
    uint8_t byte = number == SIGWINCH ? editline_window_changed : editline_continued;
    if (descriptor >= 0) {
        // A full pipe has told already.
        ssize_t written = write(descriptor, &byte, 1);
        (void)written;
    }
    for (int i = 0; i < watched_count; i++) {
        if (watched[i] != number) continue;
        if (previous[i].sa_flags & SA_SIGINFO) {
            if (previous[i].sa_sigaction != NULL) previous[i].sa_sigaction(number, information, context);
        } else if (previous[i].sa_handler != SIG_DFL && previous[i].sa_handler != SIG_IGN) {
            previous[i].sa_handler(number);
        }
    }
    errno = saved;
}

void editline_watch_signals(int descriptor) {
    atomic_store(&listener, descriptor);
    if (installed) return;
    struct sigaction action = {.sa_sigaction = tell, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < watched_count; i++) sigaction(watched[i], &action, &previous[i]);
    installed = true;
}

void editline_unwatch_signals(void) {
    atomic_store(&listener, -1);
    if (!installed) return;
    for (int i = 0; i < watched_count; i++) {
        struct sigaction now;
        // Somebody else's handler that came after ours stays.
        if (sigaction(watched[i], NULL, &now) == 0 && now.sa_sigaction == tell) sigaction(watched[i], &previous[i], NULL);
    }
    installed = false;
}
