/// Writes text as a JSON string with only the escapes that RFC 8259 §7 demands: quote, backslash and what is below U+0020.
enum StringEscaping {
    static func write(_ text: String, to output: inout [UInt8]) {
        output.append(Byte.quote)
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for position in 0..<bytes.count {
                let byte = bytes[position]
                guard byte < Byte.space || byte == Byte.quote || byte == Byte.backslash else { continue }
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
                writeEscape(byte, to: &output)
                start = position + 1
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        }
        output.append(Byte.quote)
    }

    private static func writeEscape(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(Byte.backslash)
        switch byte {
        case 0x08: output.append(Byte.lowerB)
        case 0x0C: output.append(Byte.lowerF)
        case Byte.lineFeed: output.append(Byte.lowerN)
        case Byte.carriageReturn: output.append(Byte.lowerR)
        case Byte.tab: output.append(Byte.lowerT)
        case Byte.quote, Byte.backslash: output.append(byte)
        default:
            output.append(contentsOf: "u00".utf8)
            let digits = Array("0123456789abcdef".utf8)
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 0xF)])
        }
    }
}
