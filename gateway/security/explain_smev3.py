"""Tells how the signature of an information system in a SMEV 3 message is verified.

The verdict is that of `smev3.verify`, for the outermost container. Which element it certifies is
known from its place: the one beside it that has an `Id`. A signature of a person is only named.
"""

from collections.abc import Iterator

from lxml import etree

from gateway.kernel import xml
from gateway.security import explain_signature, signature, smev3
from gateway.security.certificates import CertificateReader
from gateway.security.document import Document
from gateway.security.errors import Reason
from gateway.security.explanation import (
    Explanation,
    Fact,
    Refusal,
    Step,
    attempt,
    judged,
    unseen,
)
from gateway.security.keys import KeyCache
from gateway.security.policy import Policy
from gateway.security.provider import Providers
from gateway.soap.parse import SECURITY_HEADER

_SYSTEMS = frozenset(
    {
        "CallerInformationSystemSignature",
        "SenderInformationSystemSignature",
        "SMEVSignature",
    }
)
_PERSON = "PersonalSignature"
_NAMESPACE = "urn://x-artefacts-smev-gov-ru/services/message-exchange/"


def is_smev3(octets: bytes) -> bool:
    """Tell whether a file is a SMEV 3 message with a place for its system's signature."""
    root = explain_signature.tree_of(octets)
    if root is None or next(root.iter(SECURITY_HEADER), None) is not None:
        return False
    return next(_containers(root), None) is not None


def explain_smev3(
    octets: bytes, policy: Policy, providers: Providers, reader: CertificateReader
) -> Explanation:
    """Tell how `smev3.verify` takes a message for which `is_smev3` holds; raises no refusal."""
    policy = smev3.profile(policy)
    steps = [explain_signature.octets_step(octets)]
    message, refusal = attempt(lambda: smev3.read(octets, policy.limits))
    steps.append(judged("markup", "Разметка и идентификаторы", [], refusal))
    if message is None:
        return Explanation(tuple(steps), refusal)
    container = min(_containers(message.root), key=lambda one: sum(1 for _ in one.iterancestors()))
    target = _target(container)
    steps.append(_container_step(container, target, message.root))
    if target is None:
        return Explanation(tuple(steps), steps[-1].refusal)
    keys = KeyCache(providers)
    proven, refusal = attempt(
        lambda: smev3.verify(container, target, message, policy, providers, keys)
    )
    told = _Told(octets, container, target, message, policy, providers, reader)
    steps.extend(told.steps(keys))
    certificate = told.certificate if proven is None else proven.certificate
    return Explanation(tuple(steps), refusal, certificate)


class _Told:
    """One signature on its way through the steps of `smev3.verify`."""

    def __init__(
        self,
        octets: bytes,
        container: etree._Element,
        target: etree._Element,
        message: Document,
        policy: Policy,
        providers: Providers,
        reader: CertificateReader,
    ) -> None:
        """Take what is verified and by which rules."""
        self._octets = octets
        self._container = container
        self._target = target
        self._message = message
        self._policy = policy
        self._providers = providers
        self._reader = reader
        self.certificate: bytes | None = None

    def steps(self, keys: KeyCache) -> Iterator[Step]:
        """Tell all of them, as far as there is anything to look at."""
        holder, _ = attempt(lambda: smev3.only_signature(self._container))
        if holder is None:
            return
        children, refusal = attempt(lambda: signature.parts_of(holder))
        if children is None:
            yield judged("signature", "Состав подписи", [], refusal)
            return
        signed_info, value, key_info = children
        step, self.certificate = explain_signature.token_step(
            key_info, holder, self._message, self._reader
        )
        yield step
        step, references = explain_signature.methods_step(signed_info, self._policy)
        yield step
        failed = {step.refusal.code} if step.refusal is not None else set()
        for number, element in enumerate(references, 1):
            step = explain_signature.reference_step(
                number, element, self._message, self._policy, self._providers, self._octets
            )
            failed |= {step.refusal.code} if step.refusal is not None else set()
            yield step
        claim, refusal = attempt(
            lambda: smev3.read_claim(self._container, self._target, self._message, self._policy)
        )
        facts = [*explain_signature.place_facts(self._target)]
        if claim is None and refusal is not None and refusal.code in failed:
            yield unseen("coverage", "Охват подписи", facts)
        else:
            yield judged("coverage", "Охват подписи", facts, refusal)
        yield explain_signature.value_step(
            value, claim, self._policy, self._providers, keys, self._octets
        )


def _containers(root: etree._Element) -> Iterator[etree._Element]:
    for one in root.iter(etree.Element):
        name = etree.QName(one)
        if name.localname in _SYSTEMS and (name.namespace or "").startswith(_NAMESPACE):
            yield one


def _target(container: etree._Element) -> etree._Element | None:
    """Return the one element beside a container that has an `Id`; None when that is not one."""
    parent = container.getparent()
    beside = [] if parent is None else [one for one in parent if one.get("Id") is not None]
    return beside[0] if len(beside) == 1 and beside[0] is not container else None


def _container_step(
    container: etree._Element, target: etree._Element | None, root: etree._Element
) -> Step:
    persons = [one for one in root.iter(etree.Element) if etree.QName(one).localname == _PERSON]
    facts = [
        *explain_signature.place_facts(container),
        Fact("target", "заверяет", None if target is None else etree.QName(target).localname),
        Fact(
            "personal",
            "подписи граждан и должностных лиц, не проверялись",
            tuple(f"строка {xml.line_of(one)}" for one in persons if len(one)),
        ),
    ]
    _, refusal = attempt(lambda: smev3.only_signature(container))
    if refusal is None and target is None:
        reason = Reason.NOT_TARGET
        refusal = Refusal(reason.code, reason.sentence, "рядом не ровно один элемент с Id")
    return judged("container", "Подпись информационной системы", facts, refusal)
