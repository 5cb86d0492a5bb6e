"""Attacks 36 to 44: what stands in the values, and whose it is."""

import base64
import hashlib
import io
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import escape

from gateway.attacks.attack import (
    Attack,
    Expected,
    Fire,
    Shot,
    Surface,
    Then,
    answered,
    http,
    nothing,
    one,
    refused,
    sent,
)
from gateway.attacks.ground import REGISTRIES, Credentials, Ground
from gateway.attacks.wire import Answer
from gateway.kernel.ports import LOCAL

_COMMON = "urn://x-artefacts-citto-72/common/1.0"
_PROCESSED_WITHIN_SECONDS = 20
_MARKUP = "<script>alert(1)</script>"
_NAMES = {
    "parent-folder": "../../../../etc/cron.d/attack.xml",
    "absolute": "/etc/passwd",
    "windows": "..\\..\\windows\\system32\\attack.xml",
    "drive": "C:\\attack.xml",
    "device": "CON",
    "turned-round": "report\u202elmx.exe",
    "dots": "..",
    "long": "x" * 255,
    "quoted": '"; filename="evil.html',
    "percent": "..%2f..%2fattack.xml",
}


def file_names(ground: Ground) -> Iterator[Shot]:
    """Attack 36."""
    for name, text in _NAMES.items():
        request = registry(ground, b"<attack/>", text)
        yield one(name, request, answered(), rejected(ground))


def archives(ground: Ground) -> Iterator[Shot]:
    """Attack 37."""
    for name, octets in (
        ("bomb", _zip(("registry.xml", b" " * 30_000_000))),
        ("bomb-that-lies", _lying(_zip(("registry.xml", b" " * 30_000_000)))),
        ("archive-inside", _zip(("registry.xml", _zip(("registry.xml", b"<a/>"))))),
        ("slip", _zip(("../../registry.xml", b"<a/>"))),
        ("absolute", _zip(("/etc/registry.xml", b"<a/>"))),
        ("link", _link("registry.xml", "/etc/passwd")),
        ("two-files", _zip(("a.xml", b"<a/>"), ("b.xml", b"<a/>"))),
        ("namesakes", _zip(("a.xml", b"<a/>"), ("b.xml", b"<b/>")).replace(b"b.xml", b"a.xml")),
        ("1001-files", _zip(*((f"{number}.xml", b"") for number in range(1001)))),
        ("folder", _zip(("registry.xml/", b""))),
        ("empty", _zip()),
        ("broken", _zip(("registry.xml", b"<a/>"))[:-10]),
        (
            "entities",
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "%s/x">]><a>&x;</a>' % ground.canary.encode(),
        ),
    ):
        yield one(name, registry(ground, octets, "registry.zip"), answered(), rejected(ground))
    for name, changed in (
        ("wrong-hash", {"hash": base64.b64encode(bytes(32)).decode()}),
        ("wrong-size", {"size": "1"}),
    ):
        request = registry(ground, b"<a/>", "registry.xml", **changed)
        yield one(name, request, refused(ground))


def registry(ground: Ground, octets: bytes, name: str, **changed: str) -> bytes:
    """Return a request that submits a registry as a file."""
    digest = base64.b64encode(hashlib.sha256(octets).digest()).decode()
    values = {
        "fileId": ground.new_id(),
        "fileName": name,
        "mimeType": "application/zip",
        "size": str(len(octets)),
        "hash": digest,
        "hashAlg": "SHA-256",
        "content": base64.b64encode(octets).decode(),
        **changed,
    }
    inside = "".join(f"<c:{key}>{escape(text)}</c:{key}>" for key, text in values.items())
    identifier = ground.new_id()
    now = ground.clock().astimezone(LOCAL)
    payload = ground.payload(
        "SubmitRegistryRequest",
        {
            "registryId": f"ATTACK-{identifier}",
            "registryNumber": identifier[:18],
            "organizerInn": ground.organizer_inn,
            "registryDate": now.date().isoformat(),
            "from": (now - timedelta(days=1)).isoformat(timespec="seconds"),
            "to": now.isoformat(timespec="seconds"),
        },
        REGISTRIES,
    )
    head, _, rest = payload.partition("<m:line>")
    tail = rest.rpartition("</m:line>")[2]
    file = f'<m:file xmlns:c="{_COMMON}">{inside}</m:file>'
    return ground.post(ground.envelope(head + file + tail), path=ground.registries)


def rejected(ground: Ground) -> Then:
    """Wait until the hub has looked into the file, and hold that it took nothing of it."""

    def look(answer: Answer, fire: Fire) -> str | None:
        mine = {"registryId": answer.field("registryId")}
        status = ground.payload("GetRegistryStatusRequest", mine, REGISTRIES)
        deadline = time.monotonic() + _PROCESSED_WITHIN_SECONDS
        while time.monotonic() < deadline:
            state = fire(ground.post(ground.envelope(status), path=ground.registries)).field(
                "state"
            )
            if state not in {"RECEIVED", "PROCESSING"}:
                return None if state == "REJECTED" else f"реестр в состоянии {state}"
            time.sleep(0.05)
        return f"файл не разобран за {_PROCESSED_WITHIN_SECONDS} с"

    return look


def _zip(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in files:
            archive.writestr(zipfile.ZipInfo(name), octets, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _lying(archive: bytes) -> bytes:
    """Say in both tables of contents that the file is small."""
    size = (30_000_000).to_bytes(4, "little")
    return archive.replace(size, (100).to_bytes(4, "little"))


def _link(name: str, where: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, where)
    return target.getvalue()


def forged_log_lines(ground: Ground) -> Iterator[Shot]:
    """Attack 38."""
    forged = '\n{"level":"INFO","message":"forged"}\n'
    colour = "\x1b[2J\x1b[31mforged"
    unknown = refused(ground, "AUTH_FAILED", status=401)
    ping = ground.envelope(ground.ping())
    for name, login in (("line", forged), ("colour", colour), ("return", "x\rforged")):
        headers = {"Authorization": Credentials(login, "x").header}
        yield one(f"login-with-a-{name}", ground.post(ping, headers), unknown)
    for name, text in (("line", "x\n\nforged"), ("return", "x\r\rforged")):
        yield sent(ground, f"value-with-a-{name}", ground.payment(amount=text))
    yield sent(ground, "value-like-a-record", ground.payment(amount=forged))
    agent = {"User-Agent": colour, "X-Request-ID": '"}{"forged":"'}
    yield one("agent", ground.post(ping, agent), Expected(frozenset({200, 400}), may_close=True))
    path = "/formats/%0a%1b[31mforged"
    yield one("address", ground.get(path), http(404))
    tag = f'<x:{"forged" * 40} xmlns:x="urn:{"x" * 200}"/>'
    yield sent(ground, "element", tag, expected=refused(ground, "NO_ROUTE"))


def database_words(ground: Ground) -> Iterator[Shot]:
    """Attack 39."""
    for name, text in (
        ("quote", "' OR '1'='1"),
        ("drop", "'; DROP TABLE payment; --"),
        ("wildcard", "%"),
        ("one-sign", "_" * 10),
        ("backslash", "\\' OR 1=1 --"),
        ("union", "1 UNION SELECT login, secret FROM credential"),
        ("colon", ":name %(name)s $1 ?"),
    ):
        asked = ground.payload(
            "CheckAccountRequest",
            {"account": text, "requestTime": ground.clock().isoformat(timespec="seconds")},
        )
        expected = Expected(frozenset({200}) | refused(ground).statuses)
        yield sent(ground, f"account-{name}", asked, expected=expected, then=_found_nothing)
        status = ground.payload("GetPaymentStatusRequest", {"bankPaymentId": text})
        yield sent(ground, f"payment-{name}", status, expected=expected, then=_found_nothing)


def _found_nothing(answer: Answer, _: Fire) -> str | None:
    if answer.status == 200:  # noqa: PLR2004 -- an ordinary answer
        return "найдено чужое" if answer.field("resultCode") == "0" else None
    code = answer.fault.code if answer.fault else ""
    return None if code in {"VALIDATION_ERROR", "NOT_FOUND"} else f"код {code or 'не назван'}"


def stored_markup(ground: Ground) -> Iterator[Shot]:
    """Attack 40."""

    def guarded(answer: Answer, _: Fire) -> str | None:
        if b"<script>" in answer.body:
            return "разметка вернулась живой"
        if "default-src 'none'" not in answer.header("content-security-policy"):
            return "нет Content-Security-Policy"
        if answer.header("x-content-type-options") != "nosniff":
            return "нет nosniff"
        return None

    for name, path in (
        ("address", f"/formats/{_MARKUP}"),
        ("encoded", "/formats/%3Cscript%3Ealert(1)%3C/script%3E"),
        ("service", f"/test/ws/{_MARKUP}"),
        ("sample", f"{ground.path}?sample={_MARKUP}"),
        ("query", f"/formats/?x={_MARKUP}"),
    ):
        yield one(name, ground.get(path), http(200, 400, 404), _if_a_page(guarded))

    def inert(answer: Answer, _: Fire) -> str | None:
        return "разметка вернулась живой" if b"<script>" in answer.body else None

    yield sent(ground, "value", ground.payment(amount=_MARKUP), then=inert)


def _if_a_page(look: Then) -> Then:
    return lambda answer, fire: look(answer, fire) if answer.body else None


def foreign_objects(ground: Ground) -> Iterator[Shot]:
    """Attack 43: what is somebody else's looks like what does not exist."""
    nobody = ground.new_id()
    status = ground.payload("GetPaymentStatusRequest", {"bankPaymentId": nobody})
    protocol = {"hubRegistryId": nobody}
    registry = {"registryId": nobody}
    yield sent(ground, "payment", status, expected=answered(), then=_found_nothing)
    for name, payload, path in (
        (
            "registry",
            ground.payload("GetRegistryStatusRequest", registry, REGISTRIES),
            ground.registries,
        ),
        (
            "protocol",
            ground.payload("GetRegistryProtocolRequest", protocol, REGISTRIES),
            ground.registries,
        ),
    ):
        request = ground.post(ground.envelope(payload), path=path)
        yield one(name, request, refused(ground, "NOT_FOUND"))


def oracles(ground: Ground) -> Iterator[Shot]:
    """Attack 44."""
    body = ground.envelope(ground.ping())

    def ask(login: str, password: str) -> bytes:
        return ground.post(body, {"Authorization": Credentials(login, password).header})

    wrong = ask(ground.credentials.login, "wrong")

    def same(answer: Answer, fire: Fire) -> str | None:
        known = fire(wrong)
        bodies = [one.body.replace(_entry(one), b"") for one in (answer, known)]
        if bodies[0] != bodies[1]:
            return "неизвестный логин отличим от неверного пароля по ответу"
        return _timing(lambda: fire(ask(ground.new_id(), "wrong")), lambda: fire(wrong))

    expected = refused(ground, "AUTH_FAILED", status=401)
    yield one("unknown-login", ask("nobody", ground.credentials.password), expected, same)
    yield one("no-credentials", ground.post(body, {"Authorization": None}), expected)
    for name, value in (("rubbish", "Basic !!!"), ("bearer", "Bearer x"), ("empty", "Basic ")):
        yield one(name, ground.post(body, {"Authorization": value}), expected)


def _entry(answer: Answer) -> bytes:
    return (answer.fault.entry if answer.fault else "").encode() or b"\0"


def _timing(first: Callable[[], Answer], second: Callable[[], Answer]) -> str | None:
    """Compare the quickest of some answers: noise only ever adds, so more of them part it off."""
    quickest = [first().seconds, second().seconds]
    for turn in range(_MOST_TURNS):
        if turn >= _LEAST_TURNS and _are_alike(quickest):
            return None
        quickest = [min(quickest[0], first().seconds), min(quickest[1], second().seconds)]
    difference = abs(quickest[0] - quickest[1])
    return f"неизвестный логин отличим по времени: {difference * 1000:.0f} мс"


def _are_alike(quickest: list[float]) -> bool:
    return abs(quickest[0] - quickest[1]) <= max(0.05, max(quickest) / 2)


_LEAST_TURNS, _MOST_TURNS = 4, 12
_REFUSED = "Fault Client/Sender, VALIDATION_ERROR"

ATTACKS = (
    Attack(
        36,
        "file-name",
        "Имя файла вложения",
        "Имя ведёт в чужой каталог, на устройство или читается задом наперёд.",
        "реестр принят и отвергнут по содержанию; файла с таким именем нет нигде",
        "на диске только имена узла; имя отправителя — сведение для людей",
        file_names,
    ),
    Attack(
        37,
        "archive",
        "Бомба zip, выход из каталога, ссылка, архив в архиве",
        "Архив реестра больше, чем говорит, или не то, чем кажется.",
        "реестр REJECTED; несовпавшие размер и сумма — VALIDATION_ERROR",
        "один файл .xml, байты считаются при распаковке, сжатие не выше 100, на диск не пишется",
        archives,
    ),
    Attack(
        38,
        "log-injection",
        "Подделка строк журнала работы",
        "Переводы строк, коды терминала и куски JSON в логине, заголовках и значениях.",
        "обычный отказ; строка журнала остаётся одной строкой JSON",
        "журнал пишется как JSON, управляющие знаки экранированы; значений в нём нет",
        forged_log_lines,
    ),
    Attack(
        39,
        "sql-injection",
        "Внедрение SQL и знаки LIKE",
        "Кавычки, операторы и подстановки в идентификаторах.",
        "значение ищется как текст и не находится",
        "связанные параметры; LIKE по значениям отправителя не применяется",
        database_words,
    ),
    Attack(
        40,
        "stored-xss",
        "Разметка на страницах узла",
        "Скрипт в адресе, параметре и значении, чтобы исполниться у оператора.",
        "разметка экранирована; CSP без скриптов, nosniff",
        "автоэкранирование шаблонов; Content-Security-Policy default-src 'none'",
        stored_markup,
    ),
    Attack(
        41,
        "formula-injection",
        "Формулы в выгрузке CSV и XLSX",
        "Значение, начатое с =, исполняется в таблице оператора.",
        "значение показано, а не вычислено",
        "в XLSX и ODS у текста тип «текст», в CSV перед ним апостроф",
        nothing,
        Surface.ELSEWHERE,
        "выгрузку открывают не в узле",
    ),
    Attack(
        42,
        "csrf",
        "CSRF, подмена сеанса, кликджекинг",
        "Чужая страница действует от имени оператора.",
        "—",
        "страниц, которые что-либо меняют, нет; frame-ancestors 'none' стоит и теперь",
        nothing,
        Surface.NONE,
        "нет консоли оператора",
    ),
    Attack(
        43,
        "foreign-object",
        "Чужие объекты",
        "Номер чужого платежа или реестра, чужой контур.",
        "тот же ответ, что и для несуществующего",
        "отправитель и контур — условие каждого запроса к базе",
        foreign_objects,
    ),
    Attack(
        44,
        "oracle",
        "Подсказка ответом или временем",
        "Отличить неизвестный логин от неверного пароля.",
        "401 AUTH_FAILED, одинаковый текст и близкое время",
        "один отказ AuthenticationFailed; неизвестному логину считается такой же хеш",
        oracles,
    ),
)
