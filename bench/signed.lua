-- Posts prepared requests, each once: wrk -s signed.lua URL -- FILE THREADS
-- FILE holds whole HTTP requests, parted by NUL.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local requests, serial, step = {}, 0, 1

function init(args)
  local file = assert(io.open(args[1], "rb"))
  for text in file:read("*a"):gmatch("[^%z]+") do requests[#requests + 1] = text end
  file:close()
  step = tonumber(args[2])
  serial = number + 1 - step
end

function request()
  serial = serial + step
  return requests[(serial - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "duration_us": %d, "bad_status": %d, "connect": %d, "read": %d, "write": %d,'
    .. ' "timeout": %d, "p50_us": %.1f, "p90_us": %.1f, "p99_us": %.1f, "max_us": %.1f}\n',
    summary.requests, summary.duration, errors.status, errors.connect, errors.read, errors.write,
    errors.timeout, latency:percentile(50), latency:percentile(90), latency:percentile(99),
    latency.max))
end
