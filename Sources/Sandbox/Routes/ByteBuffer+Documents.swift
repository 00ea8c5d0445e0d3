import NIOCore

extension ByteBuffer {
    /// Documents with commas between them, between a beginning and an end: written once, since lists are long.
    init(array beginning: String, _ documents: [String], _ end: String) {
        self.init()
        reserveCapacity(
            documents.reduce(beginning.utf8.count + end.utf8.count) { size, document in size + document.utf8.count + 1 }
        )
        writeString(beginning)
        var isFirst = true
        for document in documents {
            if !isFirst { writeInteger(UInt8(ascii: ",")) }
            isFirst = false
            writeString(document)
        }
        writeString(end)
    }
}
