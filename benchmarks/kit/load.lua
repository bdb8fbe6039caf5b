-- Has wrk end with one line of JSON; times are in microseconds.
done = function(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests": %d, "duration": %d, "p95": %d, "failed": %d}\n',
    summary.requests, summary.duration, latency:percentile(95), failed))
end
