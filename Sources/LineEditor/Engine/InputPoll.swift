import Glibc

/// Waits for bytes from a descriptor or for a wake-up, whichever comes first.
struct InputPoll {
    enum Event {
        /// Reading will not block: there are bytes, or the other side has gone.
        case input
        /// Bytes from the wake pipe: zeros, and a letter for each signal as CEditline writes them.
        case wake([UInt8])
        /// Nothing came in the time given.
        case silence
    }

    let descriptor: Int32
    let pipe: WakePipe

    /// `milliseconds` below zero waits for ever. A wake-up comes before input.
    func wait(milliseconds: Int32 = -1) -> Event {
        var waiting = [
            pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&waiting, 2, milliseconds)
            if count == 0 { return .silence }
            // Only EINTR and a lack of memory are possible.
            guard count > 0 else { continue }
            if waiting[0].revents != 0 { return .wake(pipe.drain()) }
            if waiting[1].revents != 0 { return .input }
        }
    }

    enum Bytes {
        case bytes([UInt8])
        case end
        case failed(Int32)
    }

    /// At most `limit` bytes, as many as are there; call it after `.input`. A terminal that has gone is the end,
    /// and so is a descriptor that was never open.
    func read(limit: Int) -> Bytes? {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(descriptor, &bytes, limit)
        if count > 0 {
            bytes.removeSubrange(count...)
            return .bytes(bytes)
        }
        if count == 0 { return .end }
        switch errno {
        case EINTR, EAGAIN: return nil
        case EIO, EBADF: return .end
        default: return .failed(errno)
        }
    }
}
