import Glibc

/// A file descriptor that is closed when its owner goes; closing it gives up its locks.
struct Descriptor: ~Copyable {
    let number: Int32

    deinit { close(number) }
}
