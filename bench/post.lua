-- Posts prepared requests, each with an identifier never used before.
-- wrk -s post.lua URL -- PREFIX COUNT RUN: files PREFIX00.http … hold whole HTTP requests with the
-- fourteen-character token where the identifier belongs, so that only a join is left per request.
local TOKEN = "@@@IDENTITY@@@"
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local function pieces(text)
  local found, from = {}, 1
  while true do
    local at, to = text:find(TOKEN, from, true)
    if not at then break end
    found[#found + 1] = text:sub(from, at - 1)
    from = to + 1
  end
  found[#found + 1] = text:sub(from)
  return found
end

local templates, count, stem, serial = {}, 0, "", 0

function init(args)
  count = tonumber(args[2])
  stem = string.format("%05d%02d", tonumber(args[3]), number)
  for i = 0, count - 1 do
    local file = assert(io.open(string.format("%s%02d.http", args[1], i), "rb"))
    templates[i] = pieces(file:read("*a"))
    file:close()
  end
end

function request()
  serial = serial + 1
  return table.concat(templates[serial % count], stem .. string.format("%07d", serial))
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
