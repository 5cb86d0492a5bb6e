"""Attacks 30 to 34 and 45: what is wrong before there is a message."""

from collections.abc import Iterator

from gateway.attacks.attack import Attack, Expected, Fire, Shot, answered, http, one, refused
from gateway.attacks.ground import Ground
from gateway.attacks.wire import Answer

_SMUGGLED = b"GET /health/live HTTP/1.1\r\nHost: smuggled\r\n\r\n"


def wrong_methods(ground: Ground) -> Iterator[Shot]:
    """Attack 30."""

    def allows(answer: Answer, _: Fire) -> str | None:
        return None if answer.header("allow") else "нет заголовка Allow"

    body = ground.envelope(ground.payment())
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        yield one(method, ground.post(body, method=method), http(405), allows)
    invented = ground.post(body, method="EVIL")
    yield one("invented", invented, http(400, 405, 501, may_close=True))
    connect = ground.post(b"", path="evil.example:443", method="CONNECT")
    yield one("CONNECT", connect, http(400, 405, 501, may_close=True))
    yield one("post-to-a-page", ground.post(body, path="/formats/"), http(404, 405))
    yield one("post-to-nowhere", ground.post(body, path="/test/ws/none/1.0"), http(404))


def wrong_lengths(ground: Ground) -> Iterator[Shot]:
    """Attack 31."""
    body = ground.envelope(ground.payment())
    octets = len(body.encode())
    broken = http(400, may_close=True)
    for name, length, expected in (
        ("none", None, http(411)),
        ("too-large", str(10**12), http(413)),
        ("beyond-64-bit", "9" * 30, http(400, 413, may_close=True)),
        ("word", "many", broken),
        ("negative", "-1", broken),
        ("signed", f"+{octets}", broken),
        ("hexadecimal", hex(octets), broken),
        ("list", f"{octets}, {octets}", broken),
    ):
        yield one(name, ground.post(body, {"Content-Length": length}), expected)
    two = f"{octets}\r\nContent-Length: {octets + 1}"
    yield one("two", ground.post(body, {"Content-Length": two}), broken)
    short = ground.post(body, {"Content-Length": str(octets - 20)})
    yield one("shorter-than-the-body", short, Expected(refused(ground).statuses | {400}))
    chunked = {"Content-Length": None, "Transfer-Encoding": "chunked"}
    piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    endless = ground.post(piece * 12, chunked)
    yield one("chunks-past-the-limit", endless, http(413, may_close=True))


def slow_clients(ground: Ground) -> Iterator[Shot]:
    """Attack 32."""
    request = ground.post(ground.envelope(ground.payment()))
    head, _, body = request.partition(b"\r\n\r\n")
    late = http(408, may_close=True)
    trickle = tuple(request[place : place + 1] for place in range(len(head)))
    yield Shot("head-byte-by-byte", trickle, late, pause=0.25)
    yield Shot("half-a-head", (head[:40],), late)
    yield Shot("endless-head", (head, *(b"\r\nX-A: b",) * 400), http(408, 431, may_close=True), 0.2)
    yield Shot("half-a-body", (head + b"\r\n\r\n" + body[:20],), late)
    yield Shot("nothing", (b"",), http(may_close=True))
    yield Shot("empty-lines", (b"\r\n",) * 400, late, 0.25)
    wsdl = ground.get(f"{ground.path}?wsdl", {"Connection": None})
    # It is read all the same: what counts is that the hub neither stops nor hoards.
    yield one("hundred-at-once", wsdl * 100, Expected(frozenset({200}), responses=100))


def smuggled_requests(ground: Ground) -> Iterator[Shot]:
    """Attack 33: two readers of one connection must not see different requests."""
    body = ground.envelope(ground.payment()).encode()
    broken = http(400, may_close=True)
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    for name, headers in (
        ("length-and-chunked", {"Transfer-Encoding": "chunked"}),
        ("chunked-and-length", {"Transfer-Encoding": "chunked", "Content-Length": "4"}),
        ("chunked-twice", {"Transfer-Encoding": "chunked, chunked", "Content-Length": None}),
        ("unknown-coding", {"Transfer-Encoding": "xchunked", "Content-Length": None}),
        ("chunked-not-last", {"Transfer-Encoding": "chunked, identity", "Content-Length": None}),
        ("space-before-colon", {"Transfer-Encoding ": "chunked", "Content-Length": None}),
        ("folded", {"Transfer-Encoding": "\r\n chunked", "Content-Length": None}),
        ("tab", {"Transfer-Encoding": "\tchunked\x0b", "Content-Length": None}),
        ("nul", {"X-Nul": "a\0b"}),
        ("bare-return", {"X-Return": "a\rTransfer-Encoding: chunked"}),
    ):
        head = ground.post(b"", {"Connection": None, "Content-Length": str(len(chunk)), **headers})
        yield one(name, head + chunk + _SMUGGLED, broken)
    chunked = {"Connection": None, "Content-Length": None, "Transfer-Encoding": "chunked"}
    head = ground.post(b"", chunked)
    for name, size in (
        ("size-overflow", b"1" + b"0" * 16),
        ("size-signed", b"-1"),
        ("size-word", b"zz"),
        ("size-prefixed", b"0x10"),
    ):
        yield one(
            name, head + size + b"\r\n" + body + b"\r\n0\r\n\r\n", http(400, 413, may_close=True)
        )
    bare = ground.post(body, {"Connection": None}).replace(b"\r\n", b"\n", 3)
    yield one("bare-line-feeds", bare + _SMUGGLED, broken)
    old = ground.post(body, {"Connection": None}).replace(b" HTTP/1.1", b" HTTP/9.9")
    yield one("version-9.9", old, http(400, 505, may_close=True))
    many = {f"X-{number}": "x" for number in range(200)}
    yield one("200-headers", ground.post(body, {**many}), http(400, 431))
    yield one("long-header", ground.post(body, {"X-Long": "x" * 100_000}), http(400, 431))
    yield one("long-address", ground.post(body, path="/" + "x" * 100_000), http(400, 404, 414, 431))


def believed_headers(ground: Ground) -> Iterator[Shot]:
    """Attack 34."""

    def not_poisoned(answer: Answer, _: Fire) -> str | None:
        return "узел поверил чужому имени" if b"evil.example" in answer.body else None

    page, wsdl = "/formats/", f"{ground.path}?wsdl"
    for name, headers in (
        ("host", {"Host": "evil.example"}),
        ("forwarded-host", {"X-Forwarded-Host": "evil.example"}),
        ("forwarded", {"Forwarded": "host=evil.example;proto=https"}),
        ("original-url", {"X-Original-URL": "http://evil.example/"}),
    ):
        for kind, path in (("page", page), ("wsdl", wsdl)):
            yield one(f"{name}-{kind}", ground.get(path, headers), answered(), not_poisoned)
    whole = ground.get(f"http://evil.example{wsdl}")
    yield one("absolute-address", whole, http(200, 400), not_poisoned)
    yield one("without-host", ground.get(page, {"Host": None}), http(400))
    two = {"Host": "a.example\r\nHost: evil.example"}
    yield one("two-hosts", ground.get(page, two), http(400))
    stranger = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Authorization": None}
    body = ground.envelope(ground.payment())
    unknown = refused(ground, "AUTH_FAILED", status=401)
    yield one("address-of-a-friend", ground.post(body, stranger), unknown)
    hop = {"Connection": "close, Authorization, Content-Length"}
    yield one("hop-by-hop", ground.post(ground.envelope(ground.ping()), hop), answered())


def crowds(ground: Ground) -> Iterator[Shot]:
    """Attack 45."""

    def later(answer: Answer, _: Fire) -> str | None:
        return None if answer.header("retry-after") else "нет заголовка Retry-After"

    request = ground.post(ground.envelope(ground.payment()))
    yield Shot("connections", (request,), http(429, 503), then=later, crowd=ground.crowd)


_BROKEN = "400 или закрытое соединение; второго ответа нет"

ATTACKS = (
    Attack(
        30,
        "http-method",
        "Другой метод HTTP",
        "PUT, DELETE, TRACE, CONNECT и выдуманный метод по адресу сервиса.",
        "405 с заголовком Allow; по чужому адресу 404",
        "узел знает GET, HEAD и POST",
        wrong_methods,
    ),
    Attack(
        31,
        "content-length",
        "Неверный Content-Length",
        "Длины нет, она огромна, отрицательна, двойная или не та.",
        "411, 413, 400; байты сверх длины не становятся сообщением",
        "предел по заголовку и по сосчитанным байтам; строгий разбор llhttp",
        wrong_lengths,
    ),
    Attack(
        32,
        "slow-client",
        "Медленный клиент",
        "Запрос по байту в секунду держит соединение часами.",
        "408 или закрытое соединение",
        "сроки на заголовок и тело, предел соединений с одного адреса",
        slow_clients,
        at_once=True,
    ),
    Attack(
        33,
        "request-smuggling",
        "Контрабанда запросов",
        "Content-Length вместе с Transfer-Encoding, складки, нули: прокси и узел видят разное.",
        _BROKEN,
        "llhttp без послаблений; оба заголовка сразу — отказ; после отказа соединение закрыто",
        smuggled_requests,
    ),
    Attack(
        34,
        "host-poisoning",
        "Отравленный Host и X-Forwarded",
        "Чужое имя попадает в WSDL и на страницы, чужой адрес — в журнал.",
        "адреса прежние; 400 без Host или с двумя",
        "публичный адрес — из настроек; X-Forwarded-For только от названных прокси",
        believed_headers,
    ),
    Attack(
        45,
        "crowd",
        "Толпа соединений",
        "Сотни соединений и сообщений с одного адреса занимают узел.",
        "503 или 429 с заголовком Retry-After",
        "пределы соединений, байтов в работе и очереди писателя; квоты участника, адреса и узла",
        crowds,
    ),
)
