# Shared by the scripts beside it: where the project is, and the system packages a build needs.
# Sourced, never run. Everything it says goes to standard error, so that data on standard output stays clean.

project=$(cd "$(dirname "$0")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() { say "error: $*"; exit 1; }

# Debian packages and the header that shows each is there.
missing_packages() {
    [ -e /usr/include/histedit.h ] || printf '%s ' libedit-dev
    [ -e /usr/include/sqlite3.h ] || printf '%s ' libsqlite3-dev
    [ -e /usr/include/sha2.h ] || printf '%s ' libmd-dev
    [ -e /usr/include/jemalloc/jemalloc.h ] || printf '%s ' libjemalloc-dev
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else die "installing system packages needs root: install sudo, or run as root: $*"
    fi
}

install_packages() {
    command -v apt-get >/dev/null 2>&1 ||
        die "this system has no apt-get; install the development files of libedit, SQLite, libmd and jemalloc, then run this again"
    say "Installing $* ..."
    as_root apt-get update -qq >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

ensure_packages() {
    packages=$(missing_packages)
    # The list is split into words on purpose.
    [ -z "$packages" ] || install_packages $packages
}

ensure_toolchain() {
    command -v swift >/dev/null 2>&1 ||
        die "no Swift toolchain on PATH; install Swift 6.1 or later from swift.org, then run this again"
}

# BoringSSL is C++: its headers are read once, as a module, not once for each of its files.
modules="-Xcxx -fmodules -Xcxx -fcxx-modules -Xcxx -fmodules-cache-path=.build/clang-modules"

# Every debug build takes the same flags, so that they share one build folder. One front end a module instead of one for
# each batch of files and one for the interface, no index and no debug information: an empty build folder is filled in
# less than half the time.
debug_flags="$modules --disable-index-store -debug-info-format none
    -Xswiftc -wmo -Xswiftc -num-threads -Xswiftc 2 -Xswiftc -disable-batch-mode -Xswiftc -no-emit-module-separately-wmo"

# Runs swift build and keeps to itself what the compiler remarks on these flags, once a module.
swift_build() {
    failure=$(mktemp)
    { swift build "$@" 2>&1 || echo "$?" >"$failure"; } | grep -v '^remark: Incremental compilation' >&2 || true
    status=$(cat "$failure")
    rm -f "$failure"
    return "${status:-0}"
}

build_debug() { swift_build $debug_flags "$@"; }

# The first build, in an order that keeps both cores busy: the few lines of C that the long chain of NIO modules and the
# shell wait for would stand behind all of BoringSSL otherwise.
build_from_nothing() {
    build_debug --target NIOCore
    build_debug --target LineEditor
    build_debug --product hookline
}

# A program with the runtime inside exports every symbol it has, unless it is told not to: nobody looks them up, and the
# loader reads them. Relocations are packed, which glibc understands since the version that a build needs anyway. Libraries
# are not looked for beside the program. (docs/decisions/0010)
release_flags="$modules --static-swift-stdlib --disable-local-rpath -Xswiftc -use-ld=lld -Xlinker --gc-sections
    -Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs"

# Builds products for release: optimised, with the Swift runtime inside. lld links it in a fraction of the time.
build_release() {
    say "Building $* for release; the first time takes several minutes ..."
    for product in "$@"; do
        swift_build -c release $release_flags --product "$product"
    done
}

# What Sources/Shell/Version.swift says, the one place that says it.
version() {
    found=$(sed -n 's/.* static let current = "\(.*\)"$/\1/p' "$project/Sources/Shell/Version.swift")
    [ -n "$found" ] || die "Sources/Shell/Version.swift does not say a version"
    printf '%s\n' "$found"
}
