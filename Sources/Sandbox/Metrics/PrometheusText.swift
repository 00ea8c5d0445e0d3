/// Counts in the text form that Prometheus reads (exposition format 0.0.4).
struct PrometheusText {
    private(set) var text = ""

    init(_ counts: Meter.Counts, queue: QueueDepth) {
        header("sandbox_requests_total", "counter", "Requests answered, by operation and status.")
        for (label, count) in counts.requests.sorted(by: { $0.key < $1.key }) {
            line("sandbox_requests_total{operation=\"\(label.operation)\",status=\"\(label.status)\"} \(count)")
        }
        histogram(counts.durations)
        header("sandbox_events_total", "counter", "Events stored.")
        line("sandbox_events_total \(counts.events)")
        header("sandbox_delivery_attempts_total", "counter", "Attempts at deliveries, by kind of channel and outcome.")
        for (label, count) in counts.deliveries.sorted(by: { $0.key < $1.key }) {
            line("sandbox_delivery_attempts_total{kind=\"\(label.kind)\",outcome=\"\(label.outcome)\"} \(count)")
        }
        header("sandbox_faults_total", "counter", "Faults that happened on purpose.")
        line("sandbox_faults_total \(counts.faults)")
        header("sandbox_lanes_waiting", "gauge", "Channels with deliveries to be made.")
        line("sandbox_lanes_waiting \(queue.waiting)")
        header("sandbox_lanes_held", "gauge", "Channels whose deliveries wait until their webhook is enabled.")
        line("sandbox_lanes_held \(queue.held)")
        header("sandbox_oldest_due_seconds", "gauge", "How long the longest due delivery has been due.")
        line("sandbox_oldest_due_seconds \(queue.lag)")
    }

    private mutating func histogram(_ durations: Meter.Histogram) {
        header("sandbox_request_seconds", "histogram", "How long requests took to answer.")
        var total = 0
        for (bound, count) in zip(Meter.Histogram.bounds.map { "\($0)" } + ["+Inf"], durations.counts) {
            total += count
            line("sandbox_request_seconds_bucket{le=\"\(bound)\"} \(total)")
        }
        line("sandbox_request_seconds_sum \(durations.sum)")
        line("sandbox_request_seconds_count \(total)")
    }

    private mutating func header(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func line(_ text: String) {
        self.text += text + "\n"
    }
}

/// How much work waits.
struct QueueDepth: Hashable, Sendable {
    var waiting = 0
    var held = 0
    /// Seconds since the longest due delivery fell due; 0 where none is.
    var lag = 0
}
