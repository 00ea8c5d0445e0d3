#define _GNU_SOURCE
#include "isolated_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// What the child needs, laid out before it begins: between vfork and exec it makes system calls and nothing else.
struct start {
    const char *path;
    char *const *arguments;
    char *const *environment;
    const char *directory;
    int streams[3];
    pid_t parent;
    sigset_t signals;
    // Written by the child, which shares the parent's memory until it executes the program.
    volatile int failure;
};

static void prepare_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigemptyset(&standard.sa_mask);
    for (int signal = 1; signal < _NSIG; signal++) sigaction(signal, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static int prepare_child(const struct start *start) {
    if (setsid() < 0) return errno;
    // Killed with the thread that started it; a parent that went before this call is noticed by the next.
    if (prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0, 0, 0) != 0) return errno;
    if (getppid() != start->parent) return ESRCH;
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
    for (int stream = 0; stream < 3; stream++) {
        if (dup2(start->streams[stream], stream) < 0) return errno;
    }
    if (close_range(3, ~0U, 0) != 0) return errno;
    if (chdir(start->directory) != 0) return errno;
    return 0;
}

static __attribute__((noinline)) pid_t launch(struct start *start) {
    pid_t child = vfork();
    if (child != 0) return child;
    prepare_signals();
    start->failure = prepare_child(start);
    if (!start->failure) {
        execve(start->path, start->arguments, start->environment);
        start->failure = errno;
    }
    _exit(127);
}

// A descriptor above the standard ones, so that none is overwritten while they are put in place.
static int raise_descriptor(int descriptor, int *raised) {
    *raised = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    return *raised < 0 ? errno : 0;
}

int platform_spawn_isolated(const char *path, char *const *arguments, char *const *environment, const char *directory,
                            int input, int output, int errors, pid_t *process, int *descriptor) {
    struct start start = {.path = path,
                          .arguments = arguments,
                          .environment = environment,
                          .directory = directory,
                          .streams = {-1, -1, -1},
                          .parent = getpid()};
    int failure = raise_descriptor(input, &start.streams[0]);
    if (!failure) failure = raise_descriptor(output, &start.streams[1]);
    if (!failure) failure = raise_descriptor(errors, &start.streams[2]);

    if (!failure) {
        // No handler of ours may run in the child while it shares our memory.
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &start.signals);
        pid_t child = launch(&start);
        int reason = errno;
        pthread_sigmask(SIG_SETMASK, &start.signals, NULL);
        if (child < 0) {
            failure = reason;
        } else if (start.failure) {
            failure = start.failure;
            while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
        } else {
            *process = child;
            *descriptor = platform_open_process(child);
        }
    }
    for (int stream = 0; stream < 3; stream++) {
        if (start.streams[stream] >= 0) close(start.streams[stream]);
    }
    return failure;
}

int platform_hide_process(void) {
    return prctl(PR_SET_DUMPABLE, 0UL, 0, 0, 0) == 0 ? 0 : errno;
}

int platform_is_hidden(void) {
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

int platform_open_process(pid_t process) {
    // Close-on-exec, always.
    return pidfd_open(process, 0);
}

int platform_signal_process(int descriptor, int signal) {
    return pidfd_send_signal(descriptor, signal, NULL, 0) == 0 ? 0 : errno;
}

int platform_open_wakeup(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void platform_wake(int descriptor) {
    uint64_t one = 1;
    while (write(descriptor, &one, sizeof one) < 0 && errno == EINTR) {}
}

void platform_rest(int descriptor) {
    uint64_t count;
    while (read(descriptor, &count, sizeof count) < 0 && errno == EINTR) {}
}

int platform_prepare_pipe(int descriptor, int capacity) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) != 0) return errno;
    // More than the user may have is refused, and then the pipe stays as it was.
    if (capacity > 0) (void)fcntl(descriptor, F_SETPIPE_SZ, capacity);
    return 0;
}
