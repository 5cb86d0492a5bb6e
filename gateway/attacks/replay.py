"""Attacks 58, 60 and 62: a message that was right once, or elsewhere, or for somebody else."""

from collections.abc import Iterator
from datetime import timedelta

from gateway.attacks.attack import Attack, Fire, Shot, answered, refused, sent
from gateway.attacks.ground import Ground
from gateway.attacks.wire import Answer
from gateway.soap.parse import WSSE_NAMESPACE

_PAID, _PAID_OTHERWISE = "1.00", "1.01"
"""Roubles; the only payment that the attacks mean to be taken, and once."""
_DIGEST = (
    "http://docs.oasis-open.org/wss/2004/01/"
    "oasis-200401-wss-username-token-profile-1.0#PasswordDigest"
)


def replays(ground: Ground) -> Iterator[Shot]:
    """Attack 58."""
    message_id = ground.new_id()
    header = ground.header(message_id=message_id)
    payload = ground.payment(amount=_PAID)
    again = ground.post(ground.envelope(payload, header=header))
    changed = payload.replace(_PAID, _PAID_OTHERWISE)
    other = ground.post(ground.envelope(changed, header=ground.header(message_id=message_id)))

    def once(answer: Answer, fire: Fire) -> str | None:
        repeated = fire(again)
        if answer.field("resultCode") != "0":
            return None if repeated.field("hubPaymentId") == "" else "повтор исполнен"
        if repeated.body != answer.body:
            return "повтор получил другой ответ"
        complaint = refused(ground, "DUPLICATE_CONFLICT").complaint(fire(other))
        return complaint and f"тот же номер с другим содержимым: {complaint}"

    yield sent(ground, "same-bytes", payload, header=header, expected=answered(), then=once)
    expired = refused(ground, "HEADER_EXPIRED")
    for name, delay in (("old", -3600), ("from-the-future", 3600), ("of-yesterday", -86400)):
        stamp = ground.clock() + timedelta(seconds=delay)
        yield sent(ground, name, payload, header=ground.header(timestamp=stamp), expected=expired)
    fresh = ground.header()
    start, end = fresh.index("<h:timestamp>"), fresh.index("<h:contour>")
    yield sent(ground, "without-time", payload, header=fresh[:start] + fresh[end:])
    local = fresh[:start] + "<h:timestamp>2026-09-01T10:00:00</h:timestamp>" + fresh[end:]
    yield sent(ground, "without-zone", payload, header=local)
    yield sent(ground, "two-headers", payload, header=fresh + ground.header())


def reflections(ground: Ground) -> Iterator[Shot]:
    """Attack 60."""
    payload = ground.payment()
    for name, header, code in (
        ("contour", ground.header(contour="PROD"), "NOT_ALLOWED_IN_CONTOUR"),
        ("sender", ground.header(sender="EVIL72001"), "NOT_ALLOWED"),
        ("recipient", _addressed(ground, "EVIL72001"), "NO_ROUTE"),
        ("version", _addressed(ground, "", "9.9"), "VERSION_UNSUPPORTED"),
    ):
        yield sent(ground, name, payload, header=header, expected=refused(ground, code))


def _addressed(ground: Ground, recipient: str, version: str = "1.0") -> str:
    header = ground.header(format_version=version)
    told = f"<h:recipient>{recipient}</h:recipient>" if recipient else ""
    return header.replace("</h:sender>", f"</h:sender>{told}")


def false_friends(ground: Ground) -> Iterator[Shot]:
    """Attack 62."""
    login, password = ground.credentials.login, ground.credentials.password
    tokens = {
        "password-in-the-message": (
            f"<w:UsernameToken><w:Username>{login}</w:Username>"
            f"<w:Password>{password}</w:Password></w:UsernameToken>"
        ),
        "password-digest": (
            f"<w:UsernameToken><w:Username>{login}</w:Username>"
            f'<w:Password Type="{_DIGEST}">AAAAAAAAAAAAAAAAAAAAAAAAAAA=</w:Password>'
            "<w:Nonce>AAAA</w:Nonce></w:UsernameToken>"
        ),
        "saml": (
            '<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0">'
            f"<s:Subject><s:NameID>{login}</s:NameID></s:Subject></s:Assertion>"
        ),
    }
    unknown = refused(ground, "AUTH_FAILED", status=401)
    unsigned = refused(ground, "SIGNATURE_INVALID")
    for name, token in tokens.items():
        header = f'<w:Security xmlns:w="{WSSE_NAMESPACE}">{token}</w:Security>'
        body = ground.envelope(ground.ping(), header=header)
        request = ground.post(body, {"Authorization": None})
        # A hub that verifies signatures finds none here; one that does not, finds nobody.
        yield Shot(name, (request,), unknown.or_else(unsigned))


ATTACKS = (
    Attack(
        58,
        "replay",
        "Повтор сообщения",
        "Те же байты ещё раз, старое и будущее время, номер с другим содержимым.",
        "первый ответ байт в байт; DUPLICATE_CONFLICT; HEADER_EXPIRED",
        "номер сообщения уникален в базе; время заголовка не дальше 15 минут от часов узла",
        replays,
    ),
    Attack(
        60,
        "reflection",
        "Чужой контур, чужой отправитель, чужой получатель",
        "Верное сообщение посылают не туда, для чего оно подписано.",
        "NOT_ALLOWED_IN_CONTOUR, NOT_ALLOWED, NO_ROUTE, VERSION_UNSUPPORTED",
        "контур, отправитель и получатель заголовка сверяются с адресом и опознанным участником",
        reflections,
    ),
    Attack(
        62,
        "false-friend",
        "UsernameToken и SAML вместо подписи",
        "Пароль, его хеш или утверждение SAML в заголовке Security.",
        "401 AUTH_FAILED или SIGNATURE_INVALID",
        "опознают только сертификат и учётные данные HTTP; прочее в Security не читается",
        false_friends,
    ),
)
