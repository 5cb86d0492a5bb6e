"""Tells how a detached CMS signature of a file is verified, step by step.

The verdict is that of `cms.verify`; each step calls one of the functions of which it consists.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator

from gateway.security import cms, cms_claim
from gateway.security.algorithms import Scheme
from gateway.security.certificates import CertificateReader
from gateway.security.cms_claim import Claim
from gateway.security.explanation import (
    Explanation,
    Fact,
    Step,
    attempt,
    certificate_facts,
    judged,
    unseen,
)
from gateway.security.keys import KeyCache
from gateway.security.policy import Policy
from gateway.security.provider import Providers

Content = Callable[[], Iterable[bytes]]
"""Gives the signed file from its beginning, in pieces, each time it is called."""


def explain_cms(
    octets: bytes,
    content: Content,
    policy: Policy,
    providers: Providers,
    reader: CertificateReader,
) -> Explanation:
    """Tell how `cms.verify` takes a signature (DER or BER) of `content`; raises no refusal."""
    keys = KeyCache(providers)
    _, refusal = attempt(lambda: cms.verify(octets, content(), policy, providers, keys))
    claim, unreadable = attempt(lambda: cms_claim.read(octets))
    facts = [Fact("size", "размер подписи, байтов", len(octets))]
    steps = [judged("cms", "Файл подписи: CMS SignedData", facts, unreadable)]
    if claim is None:
        return Explanation(tuple(steps), refusal)
    steps.extend(_steps(claim, content, policy, providers, keys, reader))
    return Explanation(tuple(steps), refusal, claim.certificate)


def _steps(
    claim: Claim,
    content: Content,
    policy: Policy,
    providers: Providers,
    keys: KeyCache,
    reader: CertificateReader,
) -> Iterator[Step]:
    yield judged(
        "token", "Сертификат подписавшего", [*certificate_facts(claim.certificate, reader)], None
    )
    scheme, refusal = attempt(lambda: cms.scheme_of(claim, policy))
    facts = [
        Fact("digest-method", "алгоритм хеширования (OID)", claim.digest_algorithm),
        Fact("signature-method", "алгоритм подписи (OID)", claim.method),
        Fact("scheme", "вместе", None if scheme is None else scheme.name),
        Fact(
            "signed-at",
            "когда подписано, по часам подписавшего",
            None if claim.signed_at is None else claim.signed_at.isoformat(),
        ),
    ]
    yield judged("algorithms", "Алгоритмы", facts, refusal)
    yield _names_step(claim, policy, providers)
    yield _value_step(claim, scheme, policy, providers, keys)
    yield _content_step(claim, scheme, content, providers)


def _names_step(claim: Claim, policy: Policy, providers: Providers) -> Step:
    _, refusal = attempt(lambda: cms.check_names(claim, policy, providers, cades=False))
    told = "есть" if claim.names else "нет: это простая CMS, не CAdES-BES"
    facts = [Fact("signing-certificate", "атрибут signing-certificate", told)]
    return judged("attributes", "Подписанные атрибуты", facts, refusal)


def _value_step(
    claim: Claim, scheme: Scheme | None, policy: Policy, providers: Providers, keys: KeyCache
) -> Step:
    title = "Значение подписи"
    facts = [Fact("length", "байтов", len(claim.value))]
    if scheme is None:
        return unseen("value", title, facts)
    _, refusal = attempt(lambda: _check_value(claim, scheme, policy, providers, keys))
    return judged("value", title, facts, refusal, (), claim.signed, "signed-attributes.der")


def _check_value(
    claim: Claim, scheme: Scheme, policy: Policy, providers: Providers, keys: KeyCache
) -> None:
    cms.check_provider(scheme, providers)
    cms.check_value(claim, scheme, cms.key_of(claim, scheme, policy, keys))


def _content_step(
    claim: Claim, scheme: Scheme | None, content: Content, providers: Providers
) -> Step:
    title = "Содержимое"
    facts = [Fact("claimed", "дайджест заявлен", b64encode(claim.digest).decode())]
    if scheme is None:
        return unseen("content", title, facts)
    computed, _ = attempt(lambda: cms.digest_of(content(), scheme.hash, providers))
    if computed is not None:
        same = "совпадает" if computed == claim.digest else "РАСХОДИТСЯ"
        facts += [
            Fact("length", "файл, байтов", sum(len(piece) for piece in content())),
            Fact("computed", "дайджест вычислен", b64encode(computed).decode()),
            Fact("comparison", "дайджест", same),
        ]
    _, refusal = attempt(lambda: cms.check_content(claim, content(), scheme.hash, providers))
    return judged("content", title, facts, refusal)
