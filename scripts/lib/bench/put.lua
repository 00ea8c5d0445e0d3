-- wrk: PUTs whole documents, one after another and from the start again.
-- Arguments: a file of lines ID<tab>DOCUMENT, and a file with the API key.
local requests = {}
local next = 0

function init(arguments)
    local key = io.open(arguments[2]):read("l")
    local headers = { ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json" }
    for line in io.lines(arguments[1]) do
        local id, document = line:match("^(%S+)\t(.*)$")
        requests[#requests + 1] = wrk.format("PUT", "/v1/organizations/webhooks/" .. id, headers, document)
    end
end

function request()
    next = next % #requests + 1
    return requests[next]
end

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "microseconds": %d, "failed": %d, "p99": %d}\n', summary.requests, summary.duration,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout, latency:percentile(99)))
end
