import CPlatform

/// What the memory of long lists and answers becomes when it is let go.
enum LargeBlocks {
    /// From now on a block of a mebibyte or more goes back to the system when it is freed. The C library keeps such blocks
    /// once it has seen a larger one freed, and a list of many webhooks has one of 16 MiB: what is freed while it is read
    /// would stay, with its holes, beside what is kept.
    static func returnWhenFreed() {
        platform_return_blocks_from(1 << 20)
    }
}
