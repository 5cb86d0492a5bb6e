"""Shots that are signed: by a participant who signs whatever he likes."""

from collections.abc import Callable, Iterator

from lxml import etree

from gateway.attacks.attack import Attack, Expected, Shot, Surface, one, refused
from gateway.attacks.forge import Forge, Signed
from gateway.attacks.ground import Ground
from gateway.kernel import xml

Change = Callable[[Signed], object]
_INVALID = "SIGNATURE_INVALID"


def expected(ground: Ground) -> Expected:
    """Expect a refusal, by the signature or sooner, by the shape of the envelope."""
    stranger = refused(ground, "AUTH_FAILED", status=401)
    return refused(ground, _INVALID).or_else(refused(ground).or_else(stranger))


def signed_message(ground: Ground) -> Signed:
    return key(ground).sign(ground.envelope(ground.payment(), header=ground.header()))


def key(ground: Ground) -> Forge:
    if ground.forge is None:
        raise TypeError("no key")
    return ground.forge


def shot(ground: Ground, name: str, change: Change, *, resign: bool = False) -> Shot:
    """Change a signed message; with `resign` the attacker signs it again as it then is."""
    message = signed_message(ground)
    change(message)
    if resign:
        key(ground).resign(message)
    return posted(ground, name, message.octets)


def posted(ground: Ground, name: str, octets: bytes, right: Expected | None = None) -> Shot:
    # Without credentials: the signature alone has to say who it is.
    return one(name, ground.post(octets, {"Authorization": None}), right or expected(ground))


def made(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), xml.parser())


def removed(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    return element


REFUSED = "Fault Client/Sender, SIGNATURE_INVALID"
NO_KEY = "укажите --key и --certificate"


def attack(
    number: int,
    slug: str,
    title: str,
    does: str,
    stopped_by: str,
    shots: Callable[[Ground], Iterator[Shot]],
    answer: str = REFUSED,
) -> Attack:
    return Attack(number, slug, title, does, answer, stopped_by, shots, Surface.KEY, NO_KEY)
