"""Tells of one `ds:Signature`: what it names, what was digested, and where it differs.

Each function calls one function of the verifier and tells what it saw; see `explain`.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from gateway.kernel import xml
from gateway.security import alternatives, signature, token
from gateway.security.algorithms import Hash
from gateway.security.canonical import canonical
from gateway.security.certificates import CertificateReader
from gateway.security.document import Document
from gateway.security.errors import Reason
from gateway.security.explanation import (
    Fact,
    Hint,
    Step,
    attempt,
    certificate_facts,
    head_of,
    judged,
    octets_facts,
    unseen,
)
from gateway.security.keys import KeyCache
from gateway.security.policy import Policy
from gateway.security.provider import Providers
from gateway.security.signature import Claim, Reference
from gateway.security.token import DS

SIGNED_INFO_FILE = "signed-info.xml"

_BOM = b"\xef\xbb\xbf"
_INCLUDE = "{http://www.w3.org/2004/08/xop/include}Include"


def octets_step(octets: bytes) -> Step:
    """Return the step in which a file is bytes and no message yet."""
    start = octets[:200].removeprefix(_BOM).lstrip()
    declared = b"".join(start.partition(b"?>")[:2]) if start.startswith(b"<?xml") else b""
    facts = [
        Fact("size", "размер, байтов", len(octets)),
        Fact("bom", "метка BOM", "есть" if octets.startswith(_BOM) else "нет"),
        Fact("declaration", "объявление XML", declared.decode("ascii", "replace") or None),
        Fact("crlf", "переводов строк CR LF", octets.count(b"\r\n")),
    ]
    root = tree_of(octets)
    if root is not None:
        instructions = sum(1 for _ in root.getroottree().iter(etree.ProcessingInstruction))
        facts += [
            Fact("doctype", "DOCTYPE", "есть" if xml.has_doctype(root) else "нет"),
            Fact("instructions", "инструкций обработки", instructions),
        ]
    return judged("octets", "Байты файла", facts, None)


def token_step(
    key_info: etree._Element,
    holder: etree._Element,
    found: Document,
    reader: CertificateReader,
) -> tuple[Step, bytes | None]:
    """Return the step that finds the certificate, and its DER."""
    der, refusal = attempt(lambda: token.certificate_of(key_info, holder, found))
    facts = [] if der is None else [*certificate_facts(der, reader)]
    return judged("token", "Сертификат подписавшего", facts, refusal), der


def place_facts(element: etree._Element) -> Iterator[Fact]:
    """Tell which element of the file is meant."""
    yield Fact("element", "элемент", etree.QName(element).localname)
    yield Fact("path", "путь", element.getroottree().getpath(element))
    yield Fact("line", "строка", xml.line_of(element))


def methods_step(signed_info: etree._Element, policy: Policy) -> tuple[Step, list[etree._Element]]:
    """Return the step that reads SignedInfo, and its references."""
    methods, refusal = attempt(lambda: signature.read_methods(signed_info, policy))
    references = signed_info.findall(f"{{{DS}}}Reference")[: policy.limits.references]
    facts = [
        Fact("line", "строка", xml.line_of(signed_info)),
        Fact("canonicalization", "канонизация", _algorithm(signed_info, "CanonicalizationMethod")),
        Fact("signature-method", "алгоритм подписи", _algorithm(signed_info, "SignatureMethod")),
        Fact("references", "ссылок", len(references)),
    ]
    prefixes = () if methods is None else methods.prefixes
    octets, _ = attempt(lambda: canonical(signed_info, prefixes))
    if octets is not None:
        facts.extend(octets_facts(octets))
    step = judged(
        "signed-info",
        "Что подписано: SignedInfo",
        facts,
        refusal,
        (),
        octets,
        SIGNED_INFO_FILE,
    )
    return step, references


def reference_step(
    number: int,
    element: etree._Element,
    found: Document,
    policy: Policy,
    providers: Providers,
    file: bytes,
) -> Step:
    """Return the step that finds the element of a reference and compares its digest."""
    reference, refusal = attempt(lambda: signature.read_reference(element, found, policy))
    if reference is None:
        # Its digest may still tell something: every hash that exists is computed here.
        every = replace(policy, digests=frozenset(Hash))
        reference, _ = attempt(lambda: signature.read_reference(element, found, every))
    facts = [
        Fact("number", "номер", number),
        Fact("uri", "URI", element.get("URI")),
        Fact("transforms", "преобразования", _transforms(element)),
        Fact("digest-method", "алгоритм хеширования", _algorithm(element, "DigestMethod")),
    ]
    title = f"Ссылка {number}"
    if reference is None:
        if refusal is not None and refusal.code == Reason.REFERENCE_AMBIGUOUS.code:
            facts.append(holders_fact(found.root, refusal.note))
        return judged("reference", title, facts, refusal)
    facts.extend(place_facts(reference.element))
    title = f"{title}: {etree.QName(reference.element).localname}"
    part, wrong = attempt(lambda: signature.prove_reference(reference, providers))
    octets = part.octets if part is not None else _likely(reference)
    facts.extend(_digest_facts(reference, octets, providers))
    hints: list[Hint] = []
    if octets is not None and wrong is not None:
        facts.append(Fact("canonical-head", "начало этих байтов", head_of(octets)))
        if wrong.code == Reason.DIGEST.code:
            hints = list(_digest_hints(reference, file, providers))
    return judged(
        "reference", title, facts, refusal or wrong, hints, octets, f"reference-{number}.xml"
    )


def value_step(
    element: etree._Element,
    claim: Claim | None,
    policy: Policy,
    providers: Providers,
    keys: KeyCache,
    file: bytes,
) -> Step:
    """Return the step that holds the signature value against the certificate's key."""
    title = "Значение подписи"
    value, refusal = attempt(lambda: token.octets_of(element, Reason.STRUCTURE))
    if value is None:
        return judged("value", title, [], refusal)
    facts = [Fact("length", "байтов", len(value))]
    if claim is None:
        return unseen("value", title, facts)
    _, refusal = attempt(lambda: signature.check_value(claim, policy, providers, keys))
    hints: list[Hint] = []
    if refusal is not None and refusal.code == Reason.VALUE.code:
        key = signature.key_of(claim, policy, keys)
        hints = [
            Hint(cause.code, f"Значение подтвердилось бы {cause.text}.")
            for cause in alternatives.of_value(claim, key, file)
        ]
    return judged("value", title, facts, refusal, hints)


def holders_fact(root: etree._Element, name: str) -> Fact:
    """Tell which elements have an id, each by one of the attributes that may be one."""
    tree = root.getroottree()
    holders = tuple(
        f"{tree.getpath(one)} (строка {xml.line_of(one)})"
        for one in root.iter()
        if any(value == name and str(key)[-2:].lower() == "id" for key, value in one.items())
    )
    return Fact("holders", f"идентификатор «{name}» у", holders)


def tree_of(octets: bytes) -> etree._Element | None:
    """Return the root of a file, processing instructions and all; None when it is no XML."""
    try:
        return etree.fromstring(octets, xml.make_parser(instructions=True))
    except (etree.XMLSyntaxError, ValueError):
        return None  # whoever reads it next tells what is wrong with it


def _likely(reference: Reference) -> bytes | None:
    octets, _ = attempt(lambda: next(signature.spellings(reference)))
    return octets


def _digest_facts(
    reference: Reference, octets: bytes | None, providers: Providers
) -> Iterator[Fact]:
    yield Fact("claimed", "дайджест заявлен", b64encode(reference.digest).decode())
    if octets is None:
        return
    computed, _ = attempt(lambda: providers.digest(reference.algorithm, octets))
    if computed is not None:
        yield Fact("computed", "дайджест вычислен", b64encode(computed).decode())
        same = "совпадает" if computed == reference.digest else "РАСХОДИТСЯ"
        yield Fact("comparison", "дайджест", same)
    yield from octets_facts(octets)


def _digest_hints(reference: Reference, file: bytes, providers: Providers) -> Iterator[Hint]:
    causes = list(alternatives.of_digest(reference, file, providers))
    for cause in causes:
        yield Hint(cause.code, f"Дайджест получился бы {cause.text}.")
    if next(reference.element.iter(_INCLUDE), None) is not None:
        yield Hint(
            "mtom",
            "В подписанной части стоит xop:Include: если подписано содержимое до упаковки MTOM, "
            "верните на его место base64.",
        )
    if not causes:
        yield Hint(
            "unknown",
            "Ни одна известная причина не подошла: содержимое изменено, или байты канонизованы "
            "иначе. Сохраните их (--dump ПАПКА) и сравните со своими.",
        )


def _algorithm(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{{{DS}}}{name}")
    return None if child is None else child.get("Algorithm")


def _transforms(reference: etree._Element) -> tuple[str, ...]:
    return tuple(step.get("Algorithm") or "" for step in reference.iter(f"{{{DS}}}Transform"))
