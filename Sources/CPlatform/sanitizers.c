// What the sanitizers go by in the programs that scripts/test --full builds for them; nothing in any other build.

#ifdef __has_feature

// A crash ends a program by its signal, as in any other build.
#define CRASHES_AS_EVER "handle_segv=0:handle_sigbus=0"

#if __has_feature(address_sanitizer)
const char *__asan_default_options(void);
const char *__asan_default_suppressions(void);

// Swift keeps the pointer to an object's table of weak references shifted, so that what hangs on it looks lost to a search
// for leaks.
const char *__asan_default_options(void) { return "detect_leaks=0:" CRASHES_AS_EVER; }

// The Swift runtime's own handler of crashes, which reads whatever memory it is asked for.
const char *__asan_default_suppressions(void) { return "interceptor_via_fun:memserver_read\n"; }
#endif

#if __has_feature(thread_sanitizer)
const char *__tsan_default_options(void);
const char *__tsan_default_suppressions(void);

const char *__tsan_default_options(void) { return CRASHES_AS_EVER; }

// On Linux the standard library's Mutex is a futex of its own, which the sanitizer doesn't know: all that is done under it
// looks like a race. In a mangled name this is the type of the closure that Mutex.withLock takes, and of nothing else here:
// an inout value that is sent, a result that is sent, no escape.
const char *__tsan_default_suppressions(void) { return "race:YuYTXEfU\n"; }
#endif

#endif
