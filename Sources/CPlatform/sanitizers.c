// What the sanitizers go by in the programs that scripts/test --full builds for them; nothing in any other build.

#ifdef __has_feature

#if __has_feature(address_sanitizer)
const char *__asan_default_options(void);

// Swift keeps the pointer to an object's table of weak references shifted, so that what hangs on it looks lost to a search
// for leaks.
const char *__asan_default_options(void) { return "detect_leaks=0"; }
#endif

#endif
