"""Attacks 23 to 29 and 35: envelopes, addresses and attachments that promise something else."""

from collections.abc import Iterator, Mapping, Sequence

from gateway.attacks.attack import (
    Attack,
    Expected,
    Shot,
    answered,
    http,
    one,
    refused,
    sent,
    stuffed,
)
from gateway.attacks.ground import Ground
from gateway.soap.parse import Version

_ADDRESSING = "http://www.w3.org/2005/08/addressing"
_XOP = "http://www.w3.org/2004/08/xop/include"
_COMMON = "urn://x-artefacts-citto-72/common/1.0"
_BOUNDARY = "attack-boundary"


def spoofed_actions(ground: Ground) -> Iterator[Shot]:
    """Attack 23."""
    for name, action in (
        ("of-another-operation", f"{ground.namespace}/Ping"),
        ("of-nobody", "urn:evil/DropTables"),
        ("with-a-line", "x y"),
    ):
        body = ground.envelope(ground.payment())
        if ground.version is Version.SOAP11:
            headers = {"SOAPAction": f'"{action}"'}
        else:
            headers = {"Content-Type": f'{ground.version.media_type}; action="{action}"'}
        yield one(name, ground.post(body, headers), refused(ground))


def foreign_addressing(ground: Ground) -> Iterator[Shot]:
    """Attack 24."""
    for name in ("ReplyTo", "FaultTo"):
        block = (
            f'<a:{name} xmlns:a="{_ADDRESSING}"><a:Address>{ground.canary}/steal</a:Address>'
            f"</a:{name}>"
        )
        yield sent(ground, name.lower(), ground.ping(), header=block)
    anonymous = (
        f'<a:ReplyTo xmlns:a="{_ADDRESSING}"><a:Address>{_ADDRESSING}/anonymous</a:Address>'
        "</a:ReplyTo>"
    )
    yield sent(ground, "anonymous", ground.ping(), header=anonymous, expected=answered())


def not_understood(ground: Ground) -> Iterator[Shot]:
    """Attack 25."""
    expected = refused(ground, fault="MustUnderstand", status=500)
    for name, value in (("1", "1"), ("true", "true"), ("spaces", " 1 ")):
        block = f'<x:Route xmlns:x="urn:x" soap:mustUnderstand="{value}"/>'
        yield sent(ground, name, ground.payment(), header=block, expected=expected)
    block = f'<a:To xmlns:a="{_ADDRESSING}" soap:mustUnderstand="1">urn:x</a:To>'
    yield sent(ground, "addressing", ground.payment(), header=block, expected=expected)


def wrong_versions(ground: Ground) -> Iterator[Shot]:
    """Attack 26."""
    expected = refused(ground, fault="VersionMismatch", status=500)
    other = Version.SOAP12 if ground.version is Version.SOAP11 else Version.SOAP11
    body = ground.envelope(ground.payment(), version=other)
    yield one("the-other", ground.post(body), expected)
    unknown = ground.envelope(ground.payment()).replace(ground.version.value, "urn:soap:2.0")
    yield one("unknown", ground.post(unknown), expected)
    yield one("none", ground.post(ground.payment()), expected)


def wrong_bodies(ground: Ground) -> Iterator[Shot]:
    """Attack 27."""
    pay, ping = ground.payment(), ground.ping()
    body = ground.envelope(pay)
    for name, text in (
        ("two-bodies", body.replace("</soap:Envelope>", f"<soap:Body>{ping}</soap:Body>", 1)),
        (
            "body-before",
            body.replace("<soap:Header>", f"<soap:Body>{ping}</soap:Body><soap:Header>"),
        ),
        ("two-children", ground.envelope(ping + pay)),
        ("no-child", ground.envelope("")),
        ("only-text", ground.envelope("payment")),
        ("no-body", body[: body.index("<soap:Body>")]),
        ("body-in-a-header", ground.envelope("", header=f"<soap:Body>{pay}</soap:Body>")),
        ("two-headers", body.replace("<soap:Body>", "<soap:Header/><soap:Body>", 1)),
        ("after-the-body", body.replace("</soap:Envelope>", f"<x xmlns='urn:x'>{ping}</x>", 1)),
        ("envelope-inside", ground.envelope(body)),
    ):
        whole = text if text.endswith("</soap:Envelope>") else text + "</soap:Envelope>"
        code = "NO_ROUTE" if name == "envelope-inside" else "VALIDATION_ERROR"
        yield one(name, ground.post(whole), refused(ground, code))


def wrong_media_types(ground: Ground) -> Iterator[Shot]:
    """Attack 28."""
    body = ground.envelope(ground.payment())
    for name, value in (
        ("plain", "text/plain"),
        ("json", "application/json"),
        ("form", "application/x-www-form-urlencoded"),
        ("mixed", 'multipart/mixed; boundary="x"'),
        ("xml", "application/xml"),
        ("two", "text/xml, application/soap+xml"),
        ("none", None),
        ("empty", ""),
        ("slow-to-read", f'{ground.media_type}; a="' + ";" * 15_000),
    ):
        yield one(name, ground.post(body, {"Content-Type": value}), http(415))


def nothing_readable(ground: Ground) -> Iterator[Shot]:
    """Attack 29."""
    for name, text in (
        ("empty", ""),
        ("spaces", " \r\n" * 100),
        ("word", "payment"),
        ("json", '{"amount": 150}'),
        ("cut-short", ground.envelope(ground.payment())[:-20]),
        ("two-documents", ground.envelope(ground.payment()) * 2),
        ("rubbish-behind", ground.envelope(ground.payment()) + "x"),
        ("html", "<html><br></html>"),
        ("only-a-declaration", '<?xml version="1.0" encoding="UTF-8"?>'),
    ):
        yield one(name, ground.post(text), refused(ground))


def attachments(ground: Ground) -> Iterator[Shot]:
    """Attack 35."""
    for name, href in (
        ("http", f"{ground.canary}/part"),
        ("file", "file:///etc/passwd"),
        ("missing", "cid:nobody@attack"),
        ("empty", ""),
        ("itself", "cid:root@attack"),
    ):
        yield _mtom(ground, f"include-{name}", _including(ground, href), [_part("other@attack")])
    twice = _including(ground, "cid:a@attack", "cid:a@attack")
    yield _mtom(ground, "referred-to-twice", twice, [_part("a@attack")])
    once = _including(ground, "cid:a@attack")
    yield _mtom(ground, "not-referred-to", once, [_part("a@attack"), _part("b@attack")])
    without_parts = ground.post(ground.envelope(once))
    yield one("include-without-parts", without_parts, refused(ground))
    same = [_part("a@attack"), _part("a@attack")]
    yield _mtom(ground, "same-id-twice", once, same, http(400))
    crowd = [_part(f"{number}@attack") for number in range(2000)]
    yield _mtom(ground, "2000-parts", once, crowd, http(400))
    huge = [_part("a@attack", extra="X-Junk: " + "x" * 100_000 + "\r\n")]
    yield _mtom(ground, "huge-part-head", once, huge, http(400))
    coded = [_part("a@attack", extra="Content-Transfer-Encoding: base64\r\n")]
    yield _mtom(ground, "transfer-encoded", once, coded, http(400))
    nested = [_part("a@attack", media_type='multipart/related; boundary="inner"')]
    yield _mtom(ground, "multipart-inside", once, nested)
    for name, boundary in (("without-boundary", None), ("long-boundary", "x" * 71), ("wrong", "y")):
        yield _mtom(ground, name, once, [_part("a@attack")], http(400), announced=boundary)
    many = "".join(f'<c:content xmlns:c="{_COMMON}">AA==</c:content>' for _ in range(2000))
    yield sent(ground, "2000-inside-the-message", stuffed(ground, many))
    octets = _multipart(ground, ground.envelope(once), [_part("a@attack")])
    cut = ground.post(octets[:-8], _announced(ground, _BOUNDARY))
    yield one("never-closed", cut, http(400))
    yield one("empty-body", ground.post(b"", _announced(ground, _BOUNDARY)), http(400))


def _including(ground: Ground, *hrefs: str) -> str:
    """Return a payment in which parts are referred to where text belongs."""
    text = ground.payment(terminalId="@0", documentNumber="@1")
    for number, href in enumerate(hrefs):
        text = text.replace(f">@{number}<", f'><i:Include xmlns:i="{_XOP}" href="{href}"/><')
    return text.replace(">@1<", ">1<")


def _mtom(
    ground: Ground,
    name: str,
    payload: str,
    parts: Sequence[bytes],
    expected: Expected | None = None,
    *,
    announced: str | None = _BOUNDARY,
) -> Shot:
    octets = _multipart(ground, ground.envelope(payload), parts)
    request = ground.post(octets, _announced(ground, announced))
    return one(name, request, expected or refused(ground))


def _announced(ground: Ground, boundary: str | None) -> Mapping[str, str | None]:
    told = f'; boundary="{boundary}"' if boundary else ""
    return {
        "Content-Type": (
            f'multipart/related; type="application/xop+xml"; start="<root@attack>"; '
            f'start-info="{ground.version.media_type}"{told}'
        )
    }


def _multipart(ground: Ground, root: str, parts: Sequence[bytes]) -> bytes:
    media_type = f'application/xop+xml; charset=UTF-8; type="{ground.version.media_type}"'
    first = _part("root@attack", root.encode(), media_type)
    delimiter = f"--{_BOUNDARY}\r\n".encode()
    body = b"".join(delimiter + part + b"\r\n" for part in (first, *parts))
    return body + f"--{_BOUNDARY}--\r\n".encode()


def _part(
    content_id: str,
    octets: bytes = b"attack",
    media_type: str = "application/octet-stream",
    extra: str = "",
) -> bytes:
    head = f"Content-ID: <{content_id}>\r\nContent-Type: {media_type}\r\n{extra}\r\n"
    return head.encode() + octets


_REFUSED = "Fault Client/Sender, VALIDATION_ERROR"

ATTACKS = (
    Attack(
        23,
        "soap-action",
        "Подмена SOAPAction",
        "SOAPAction называет одну операцию, Body — другую.",
        _REFUSED,
        "операцию определяет Body; SOAPAction пуст или равен ей",
        spoofed_actions,
    ),
    Attack(
        24,
        "ws-addressing",
        "WS-Addressing: ответ на чужой адрес",
        "ReplyTo и FaultTo заставляют узел послать ответ по выбранному адресу.",
        f"{_REFUSED}; ничего не послано",
        "ответ уходит только по тому же соединению; неанонимный адрес — отказ",
        foreign_addressing,
    ),
    Attack(
        25,
        "must-understand",
        "Непонятый заголовок mustUnderstand",
        "Обязательный заголовок, которого узел не знает.",
        "Fault MustUnderstand",
        "узел понимает только MessageHeader и Security",
        not_understood,
    ),
    Attack(
        26,
        "soap-version",
        "Не та версия SOAP",
        "Конверт одной версии под типом содержимого другой.",
        "Fault VersionMismatch",
        "пространство имён конверта сверяется с Content-Type",
        wrong_versions,
    ),
    Attack(
        27,
        "body-count",
        "Два Body, два запроса, ни одного",
        "Проверяется один запрос, исполняется другой.",
        f"{_REFUSED} или NO_ROUTE",
        "ровно один Body с одним элементом, Header перед ним, больше ничего",
        wrong_bodies,
    ),
    Attack(
        28,
        "content-type",
        "Не тот Content-Type",
        "Правильный конверт под чужим типом содержимого.",
        "415",
        "text/xml, application/soap+xml и multipart/related; другого нет",
        wrong_media_types,
    ),
    Attack(
        29,
        "not-xml",
        "Пустое тело и испорченный XML",
        "Ни одного элемента, обрыв, два документа подряд.",
        _REFUSED,
        "разбор без восстановления; место ошибки названо",
        nothing_readable,
    ),
    Attack(
        35,
        "mtom",
        "Вложения MTOM",
        "Ссылки наружу и в никуда, тысячи частей, гигантские заголовки частей.",
        f"400 или {_REFUSED}; ничего не запрошено",
        "только cid:, ссылка и часть один к одному, не больше 16 частей, пределы размеров",
        attachments,
    ),
)
