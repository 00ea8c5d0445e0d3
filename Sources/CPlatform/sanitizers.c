// What the sanitizers go by in the programs that scripts/test --full builds for them; nothing in any other build.

#ifdef __has_feature

#if __has_feature(address_sanitizer)
const char *__asan_default_options(void);
const char *__asan_default_suppressions(void);

// Swift keeps the pointer to an object's table of weak references shifted, so that what hangs on it looks lost to a search
// for leaks. A crash ends a program by its signal, as in any other build.
const char *__asan_default_options(void) { return "detect_leaks=0:handle_segv=0:handle_sigbus=0"; }

// The Swift runtime's own handler of crashes, which reads whatever memory it is asked for.
const char *__asan_default_suppressions(void) { return "interceptor_via_fun:memserver_read\n"; }
#endif

#endif
