"""Attacks 13 to 22: characters, encodings, and documents that say one thing to two readers."""

import gzip
from collections.abc import Iterator

from gateway.attacks.attack import (
    Attack,
    Fire,
    Shot,
    answered,
    http,
    one,
    refused,
    sent,
    stuffed,
)
from gateway.attacks.ground import Ground
from gateway.attacks.wire import Answer

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def _with(ground: Ground, text: str) -> str:
    """Return a payment whose terminal is `text`, as it stands."""
    return ground.payment(terminalId="@").replace(">@<", f">{text}<")


def instructions(ground: Ground) -> Iterator[Shot]:
    """Attack 13."""
    sheet = f'<?xml-stylesheet type="text/xsl" href="{ground.canary}/sheet.xsl"?>'
    yield sent(ground, "stylesheet-before-the-envelope", ground.payment(), before=sheet)
    yield sent(ground, "inside-the-payload", stuffed(ground, "<?php echo 1?>"))
    yield sent(ground, "inside-a-value", _with(ground, "72<?x?>0415"))
    after = ground.envelope(ground.payment()) + "<?after?>"
    yield one("after-the-envelope", ground.post(after), refused(ground))


def impossible_characters(ground: Ground) -> Iterator[Shot]:
    """Attack 14."""
    for name, text in (
        ("nul", "\0"),
        ("nul-by-number", "&#0;"),
        ("control", "\x08"),
        ("control-by-number", "&#x1B;"),
        ("surrogate-by-number", "&#xD83D;&#xDE00;"),
        ("not-a-character", "&#xFFFF;"),
        ("beyond-unicode", "&#x110000;"),
    ):
        yield sent(ground, name, _with(ground, text))
    octets = ground.envelope(_with(ground, "@")).encode().replace(b">@<", b">\xed\xa0\xbd<")
    yield one("surrogate", ground.post(octets), refused(ground))
    version = '<?xml version="1.1" encoding="UTF-8"?>'
    yield sent(ground, "xml-1.1", _with(ground, "&#x1;"), before=version)
    yield sent(ground, "xml-1.1-without-need", ground.payment(), before=version)


def broken_encodings(ground: Ground) -> Iterator[Shot]:
    """Attack 15."""
    marked = ground.envelope(_with(ground, "@")).encode()
    for name, octets in (
        ("overlong", b"\xc0\xbc"),
        ("cut-off", b"\xd0"),
        ("stray", b"\xff\xfe"),
        ("latin-1", "тест".encode("cp1251")),
    ):
        body = marked.replace(b">@<", b">" + octets + b"<")
        yield one(name, ground.post(body), refused(ground))
    declared = '<?xml version="1.0" encoding="windows-1251"?>'
    body = ground.envelope(ground.payment(), before=declared).encode("cp1251")
    yield one("declared-otherwise-than-told", ground.post(body), refused(ground))
    telling = {"Content-Type": f"{ground.version.media_type}; charset=windows-1251"}
    yield one("told-otherwise-than-declared", ground.post(marked, telling), http(415))
    plain = ground.envelope(ground.payment())
    yield one("ebcdic", ground.post(plain.encode("cp037")), refused(ground))
    yield one("utf-32", ground.post(plain.encode("utf-32-be")), refused(ground))


def foreign_schemas(ground: Ground) -> Iterator[Shot]:
    """Attack 16."""
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude"'
        f' href="{ground.canary}/part" parse="text"/>'
    )
    yield sent(ground, "xinclude", stuffed(ground, include))
    local = include.replace(f"{ground.canary}/part", "file:///etc/passwd")
    yield sent(ground, "xinclude-of-a-file", _with(ground, local))
    for name, attribute in (
        ("schema-location", f'xsi:schemaLocation="{ground.namespace} {ground.canary}/x.xsd"'),
        ("schema-without-namespace", f'xsi:noNamespaceSchemaLocation="{ground.canary}/x.xsd"'),
    ):
        attributes = f' xmlns:xsi="{_XSI}" {attribute}'
        payload = ground.ping().replace("<m:PingRequest", "<m:PingRequest" + attributes)
        yield sent(ground, name, payload, expected=answered())


def style_sheets(ground: Ground) -> Iterator[Shot]:
    """Attack 17."""
    sheet = (
        '<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0">'
        f'<x:template match="/"><x:copy-of select="document(\'{ground.canary}/x\')"/>'
        "</x:template></x:stylesheet>"
    )
    yield sent(ground, "style-sheet-as-payload", sheet, expected=refused(ground, "NO_ROUTE"))
    yield sent(ground, "style-sheet-inside", stuffed(ground, sheet))
    for name, text in (
        ("path", "' or '1'='1"),
        ("function", "document('file:///etc/passwd')"),
        ("wildcard", "//*"),
    ):
        yield sent(ground, f"xpath-{name}", _asked(ground, text), expected=answered(), then=_no)


def _asked(ground: Ground, account: str) -> str:
    now = ground.clock().isoformat(timespec="seconds")
    return ground.payload("CheckAccountRequest", {"account": account, "requestTime": now})


def _no(answer: Answer, _: Fire) -> str | None:
    """Hold that an account was not found."""
    return "счёт найден" if answer.field("resultCode") == "0" else None


def slow_patterns(ground: Ground) -> Iterator[Shot]:
    """Attack 18."""
    blank = _asked(ground, " " * 50_000 + "x")
    yield sent(ground, "spaces", blank, expected=answered(), then=_no)
    for name, element, text in (
        ("digits", "amount", "1" * 50_000 + "x"),
        ("date", "paymentTime", "2026-" * 10_000),
        ("token", "bankPaymentId", "aaaa-" * 10_000 + "!"),
        ("inn", "terminalId", "(" * 50_000),
    ):
        yield sent(ground, name, ground.payment(**{element: text}))


def compressed_bodies(ground: Ground) -> Iterator[Shot]:
    """Attack 19."""
    bomb = gzip.compress(b" " * 50_000_000 + ground.envelope(ground.payment()).encode())
    for name in ("gzip", "deflate", "br", "gzip, gzip"):
        yield one(name.replace(", ", "-"), ground.post(bomb, {"Content-Encoding": name}), http(415))
    yield one("gzip-untold", ground.post(bomb), refused(ground))
    length = {"Content-Length": None, "Transfer-Encoding": "gzip, chunked"}
    body = ground.post(b"%x\r\n%s\r\n0\r\n\r\n" % (len(bomb), bomb), length)
    told = refused(ground)
    either = type(told)(told.statuses | {400, 415, 501})
    yield one("gzip-as-transfer", body, either)


def split_values(ground: Ground) -> Iterator[Shot]:
    """Attack 20: the value is the whole text, for the schema and for the handler alike."""
    account = ground.account
    whole = ground.post(ground.envelope(_asked(ground, account)))

    def same(answer: Answer, fire: Fire) -> str | None:
        wanted = fire(whole).field("resultCode")
        found = answer.field("resultCode")
        return None if found == wanted else f"код {found}, а без разрыва {wanted}"

    for name, cut in (
        ("comment", "<!-- x -->"),
        ("empty-comment", "<!---->"),
        ("section", "<![CDATA[]]>"),
    ):
        text = account[:4] + cut + account[4:]
        payload = _asked(ground, "@").replace(">@<", f">{text}<")
        yield sent(ground, name, payload, expected=answered(), then=same)
    text = f"{account[:4]}<?x?>{account[4:]}"
    yield sent(ground, "instruction", _asked(ground, "@").replace(">@<", f">{text}<"))
    amount = ground.payment(amount="@").replace(">@<", ">1.00<!-- -->9<")
    yield sent(ground, "comment-hides-a-third-place", amount)


def void_canonical_forms(ground: Ground) -> Iterator[Shot]:
    """Attack 21."""
    for name, space in (
        ("relative", "relative/name"),
        ("without-scheme", "//host/name"),
        ("broken-escape", "urn:%zz"),
        ("spaces", "urn:a b"),
    ):
        attributes = f' xmlns:void="{space}"'
        yield sent(ground, name, stuffed(ground, attributes=attributes))
    yield sent(ground, "prefix-unbound", stuffed(ground, attributes=' xmlns:void=""'))


def two_readings(ground: Ground) -> Iterator[Shot]:
    """Attack 22."""
    yield sent(ground, "attribute-twice", stuffed(ground, attributes=' a="1" a="2"'))
    twice = ' xmlns:x="urn:x" xmlns:y="urn:x" x:a="1" y:a="2"'
    yield sent(ground, "attribute-twice-by-prefix", stuffed(ground, attributes=twice))
    foreign = ground.payment().replace(ground.namespace, "urn:evil")
    yield sent(ground, "other-namespace", foreign, expected=refused(ground, "NO_ROUTE"))
    bare = ground.payment().replace("m:", "").replace("xmlns:m", "xmlns")
    yield sent(
        ground,
        "no-namespace",
        bare.replace(f' xmlns="{ground.namespace}"', "").replace(
            f' xmlns:m="{ground.namespace}"', ""
        ),
        expected=refused(ground, "NO_ROUTE"),
    )
    body = ground.envelope(ground.payment())
    rebound = body.replace("<soap:Body>", '<soap:Body xmlns:soap="urn:evil">')
    yield one("body-of-another-namespace", ground.post(rebound), refused(ground))
    upper = body.replace("soap:Body", "soap:body")
    yield one("body-in-small-letters", ground.post(upper), refused(ground))
    sibling = ground.payment().replace(
        "<m:amount>", '<e:amount xmlns:e="urn:evil">1.00</e:amount><m:amount>'
    )
    yield sent(ground, "namesake-of-another-namespace", sibling)
    twin = ground.payment().replace("<m:amount>", "<m:amount>1.00</m:amount><m:amount>")
    yield sent(ground, "element-twice", twin)
    typed = f' xmlns:xsi="{_XSI}" xsi:type="m:PingRequestType"'
    yield sent(ground, "type-substituted", stuffed(ground, attributes=typed))


_REFUSED = "Fault Client/Sender, VALIDATION_ERROR"

ATTACKS = (
    Attack(
        13,
        "processing-instruction",
        "Инструкции обработки",
        "xml-stylesheet и любые <?…?>: подмена вида или разрыв текста.",
        f"{_REFUSED}; ничего не запрошено",
        "инструкции обработки в конверте запрещены, где бы ни стояли",
        instructions,
    ),
    Attack(
        14,
        "impossible-characters",
        "NUL, управляющие знаки, суррогаты, XML 1.1",
        "Знаки, которых в XML нет, прямо и числом.",
        _REFUSED,
        "принимается только XML 1.0; libxml2 отвергает недопустимые знаки",
        impossible_characters,
    ),
    Attack(
        15,
        "broken-encoding",
        "Неверный UTF-8 и чужие кодировки",
        "Удлинённые последовательности, UTF-32, EBCDIC, разные кодировки в заголовке и в XML.",
        f"{_REFUSED}; 415, если кодировка названа в Content-Type",
        "UTF-8 и в Content-Type, и в объявлении XML; иного узел не читает",
        broken_encodings,
    ),
    Attack(
        16,
        "xinclude-schema-location",
        "XInclude и чужая схема",
        "Узел заставляют сходить по адресу из xi:include или xsi:schemaLocation.",
        f"XInclude — {_REFUSED}; schemaLocation не замечается (200); ничего не запрошено",
        "XInclude не исполняется; проверка идёт только по опубликованной схеме из файла",
        foreign_schemas,
    ),
    Attack(
        17,
        "xslt-xpath",
        "XSLT и XPath во входных данных",
        "Таблица стилей с document() вместо данных, выражение XPath вместо значения.",
        "NO_ROUTE или VALIDATION_ERROR; выражение остаётся текстом",
        "узел не исполняет XSLT и не строит XPath из значений",
        style_sheets,
    ),
    Attack(
        18,
        "pattern-redos",
        "Медленные шаблоны схемы",
        "Длинные значения, на которых шаблон считается экспоненциально.",
        f"{_REFUSED}, быстро; пробелы вокруг значения не в счёт",
        "на пути сообщения шаблоны проверяет автомат libxml2; объяснение берёт только его ошибки",
        slow_patterns,
    ),
    Attack(
        19,
        "compressed-body",
        "Бомба gzip в теле",
        "Тело в полсотни килобайт разворачивается в десятки мегабайт.",
        "415; без заголовка — Fault Client/Sender",
        "Content-Encoding не принимается; парсер читает только байты и ничего не распаковывает",
        compressed_bodies,
    ),
    Attack(
        20,
        "split-text",
        "Текст, разорванный комментарием",
        "Схема видит одно значение, программа — другое.",
        "значение равно всему тексту; инструкция обработки — VALIDATION_ERROR",
        "комментарии выброшены ещё парсером: схема, подпись и обработчик читают одно и то же",
        split_values,
    ),
    Attack(
        21,
        "void-canonicalization",
        "Пустая канонизация",
        "Относительное пространство имён ломает C14N, и подписывается пустота.",
        _REFUSED,
        "ошибка C14N — отказ; от пустых байтов ничего не вычисляется",
        void_canonical_forms,
    ),
    Attack(
        22,
        "parser-differential",
        "Два прочтения одного документа",
        "Двойные атрибуты и элементы, тёзки из чужого пространства имён.",
        f"{_REFUSED} или NO_ROUTE",
        "один парсер, одно дерево, имена только вместе с пространством имён",
        two_readings,
    ),
)
