import Glibc

/// The sanitizers of `scripts/test --full`: they make a program several times slower, and map terabytes.
package enum Sanitizer {
    /// Whether the tests, and with them the programs that they start, were built for one: it has functions of its own.
    package static let isOn = dlsym(nil, "__asan_init") != nil || isOfThreads

    /// Whether it is the one for threads, beside which the Swift runtime's handler of crashes doesn't work.
    package static let isOfThreads = dlsym(nil, "__tsan_init") != nil
}
