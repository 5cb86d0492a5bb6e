"""Attacks 46 to 49: what of a message a signature covers."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import partial

from lxml import etree

from gateway.attacks import forged
from gateway.attacks.attack import Shot
from gateway.attacks.forge import DS, WSU_ID, Signed
from gateway.attacks.ground import Ground


def exclusions(ground: Ground) -> Iterator[Shot]:
    """Attack 46."""
    yield forged.shot(ground, "no-signature", lambda m: forged.removed(m.signature))
    yield forged.shot(ground, "no-security", lambda m: forged.removed(m.security))
    yield forged.shot(ground, "no-value", lambda m: forged.removed(m.part("SignatureValue")))
    yield forged.shot(ground, "empty-value", lambda m: m.part("SignatureValue").clear())
    yield forged.shot(ground, "no-token", lambda m: forged.removed(m.security[0]))

    def without_references(message: Signed) -> None:
        for found in message.signature.findall(f".//{{{DS}}}Reference"):
            forged.removed(found)

    yield forged.shot(ground, "no-references", without_references, resign=True)


def _evil(message: Signed, ground: Ground, **ids: str) -> etree._Element:
    """Return a Body that nobody has signed."""
    body = etree.Element(message.soap("Body"), ids)
    body.append(forged.made(ground.payment(amount="1999.00")))
    return body


def _swapped(message: Signed, evil: etree._Element) -> etree._Element:
    """Put the evil Body in the place of the signed one and return that."""
    good = message.body
    message.root.replace(good, evil)
    return good


def wrappings(ground: Ground) -> Iterator[Shot]:
    """Attack 47."""
    wrapper = "{urn:evil}Wrapper"
    places: dict[str, Callable[[Signed], etree._Element]] = {
        "header": lambda m: m.header,
        "wrapper-in-header": lambda m: etree.SubElement(m.header, wrapper),
        "security": lambda m: m.security,
        "wrapper-in-security": lambda m: etree.SubElement(m.security, wrapper),
        "object": lambda m: etree.SubElement(m.signature, f"{{{DS}}}Object"),
        "key-info": lambda m: m.part("KeyInfo"),
        "envelope": lambda m: m.root,
        "message-header": lambda m: m.message_header,
        "token": lambda m: m.security[0],
    }
    ids = {"no-id": {}, "other-id": {WSU_ID: "evil"}, "same-id": {WSU_ID: "body"}}
    for place, where in places.items():
        for kind, attributes in ids.items():
            change = partial(_wrap, ground=ground, where=where, ids=attributes)
            yield forged.shot(ground, f"body-in-{place}-{kind}", change)

    def inside(message: Signed) -> None:
        evil = _evil(message, ground)
        evil.append(_swapped(message, evil))

    yield forged.shot(ground, "body-in-the-evil-body", inside)

    def envelope_inside(message: Signed) -> None:
        good = deepcopy(message.root)
        _swapped(message, _evil(message, ground))
        etree.SubElement(message.header, wrapper).append(good)

    yield forged.shot(ground, "envelope-in-header", envelope_inside)
    for name, at in (("before", 0), ("after", 2)):

        def second(message: Signed, at: int = at) -> None:
            message.root.insert(at, _evil(message, ground))

        yield forged.shot(ground, f"second-body-{name}", second)

    def security_moved(message: Signed) -> None:
        etree.SubElement(message.header, wrapper).append(message.security)

    yield forged.shot(ground, "security-in-a-wrapper", security_moved)

    def value_changed(message: Signed) -> None:
        amount = message.body.find(".//{*}amount")
        if amount is not None:
            amount.text = "1999.00"

    yield forged.shot(ground, "amount-changed", value_changed)


def _wrap(
    message: Signed,
    *,
    ground: Ground,
    where: Callable[[Signed], etree._Element],
    ids: Mapping[str, str],
) -> None:
    """Move the signed Body to `where`, and put an evil one in its place."""
    good = _swapped(message, _evil(message, ground, **ids))
    where(message).append(good)


def duplicate_ids(ground: Ground) -> Iterator[Shot]:
    """Attack 48."""
    for spelling in (WSU_ID, "Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id"):
        for place in (0, 1):

            def copied(message: Signed, spelling: str = spelling, place: int = place) -> None:
                twin = etree.Element("{urn:evil}Twin", {spelling: "body"})
                message.header.insert(place, twin)

            name = spelling.rpartition("}")[2] or spelling
            kind = "xml-" if "XML" in spelling else "wsu-" if spelling == WSU_ID else ""
            yield forged.shot(ground, f"{kind}{name}-{place}", copied)


def unsigned_headers(ground: Ground) -> Iterator[Shot]:
    """Attack 49."""

    def unreferred(message: Signed) -> None:
        forged.removed(message.signature.findall(f".//{{{DS}}}Reference")[1])

    yield forged.shot(ground, "header-not-signed", unreferred, resign=True)

    def changed(message: Signed) -> None:
        message.header.replace(message.message_header, forged.made(ground.header()))

    yield forged.shot(ground, "header-replaced", changed)

    def added(message: Signed) -> None:
        message.header.insert(0, forged.made(ground.header(sender="EVIL72001")))

    yield forged.shot(ground, "second-header", added)


ATTACKS = (
    forged.attack(
        46,
        "signature-exclusion",
        "Исключение подписи",
        "Подпись, её значение, ссылки или весь заголовок Security вырезаны.",
        "Security и Signature обязательны, хотя бы одна ссылка обязательна",
        exclusions,
    ),
    forged.attack(
        47,
        "signature-wrapping",
        "Обёртывание подписи (XSW)",
        "Подписанный Body перенесён, на его месте — чужой.",
        "ссылка ведёт на сам Body конверта; дальше идут только его канонические байты",
        wrappings,
    ),
    forged.attack(
        48,
        "duplicate-id",
        "Двойные идентификаторы",
        "Два элемента с одним Id, записанным по-разному.",
        "wsu:Id, Id, ID, id и xml:id считаются вместе; повтор — отказ",
        duplicate_ids,
    ),
    forged.attack(
        49,
        "unsigned-header",
        "Неподписанный заголовок",
        "MessageHeader подменён или добавлен после подписания.",
        "маршрут и отправителя определяет только подписанный заголовок",
        unsigned_headers,
    ),
)
