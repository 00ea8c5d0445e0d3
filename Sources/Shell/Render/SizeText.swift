/// Sizes in the largest unit that leaves at least two digits: `512 bytes`, `64 MiB`, `15 GiB`.
enum SizeText {
    static func short(_ bytes: Int) -> String {
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
        var (value, unit) = (bytes, 0)
        while value >= 10_240 || (value >= 1024 && value % 1024 == 0), unit < units.count - 1 {
            (value, unit) = (value / 1024, unit + 1)
        }
        return "\(value) \(units[unit])"
    }
}
