"""`hub verify`: tell step by step whether a signature is believed, and where it differs.

With `--json` the same is data. At the top: `file`, `policy`, `trusted` (what exit code 0 says),
`signed` (the signature alone), `code`, `sentence` and `note` of the reason (null when trusted),
`participant` (null when nobody is known), `certificate` (SHA-256, null when none was found) and
`steps`. A step has `step`, `title`, `outcome` (PASSED, FAILED, UNDEFINED), `facts` by their keys,
`code`, `sentence`, `note`, and `hints`, each with `cause` and `text`. Keys, codes and causes are
stable; sentences and titles are for people.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gateway.bootstrap import Hub
from gateway.cli import files
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.kernel.verdict import Outcome
from gateway.security import cms
from gateway.security.certificates import CertificateUnusable, read_bundle
from gateway.security.explain import explain
from gateway.security.explain_cms import explain_cms
from gateway.security.explain_smev3 import explain_smev3, is_smev3
from gateway.security.explanation import (
    Explanation,
    Fact,
    Refusal,
    Step,
    chain_fact,
    trust_by,
    trust_step,
    trust_unknown,
)
from gateway.security.path import Authorities, Purpose
from gateway.security.policy import Policy
from gateway.security.provider import ProviderMissing
from gateway.storage import migrate

OUTCOMES = {
    Outcome.PASSED: "в порядке",
    Outcome.FAILED: "НЕ ПРОШЛО",
    Outcome.UNDEFINED: "не проверялось",
}


@click.command()
@click.argument("file", type=files.readable)
@click.option(
    "--trust", type=files.existing, metavar="PEM", help="Доверять этим центрам, а не базе узла."
)
@click.option(
    "--policy",
    type=click.Choice([contour.path for contour in Contour]),
    default=Contour.TEST.path,
    show_default=True,
    help="По правилам какого контура.",
)
@click.option("--actor", metavar="URI", help="Кому должен быть адресован Security.")
@click.option(
    "--at",
    metavar="МОМЕНТ",
    help="На какой момент, например 2026-03-02T10:00:00+05:00; без указания сейчас.",
)
@click.option(
    "--cms", "signature", type=files.readable, metavar="SIG", help="Отсоединённая подпись CMS."
)
@click.option(
    "--dump",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="ПАПКА",
    help="Записать канонические байты каждой ссылки и SignedInfo.",
)
@click.option("--json", "as_json", is_flag=True, help="То же для программы.")
@click.pass_obj
def verify(
    hub: Hub,
    file: Path,
    trust: Path | None,
    policy: str,
    actor: str | None,
    at: str | None,
    signature: Path | None,
    dump: Path | None,
    as_json: bool,  # noqa: FBT001 -- a flag of the command line
) -> None:
    """Объяснить подпись по шагам; код 0, если верна и сертификату доверяют, иначе 1.

    FILE «-» — стандартный ввод. Без --trust доверие проверяется по базе узла (HUB_HOME).
    """
    contour = Contour(policy.upper())
    moment = _moment(at) or hub.clock()
    authorities = None if trust is None else _authorities(hub, trust)
    if signature is None:
        told = _envelope(hub, file, _policy(hub, contour, actor), moment)
        purpose = Purpose.MESSAGE
    else:
        told = _file(hub, file, signature, hub.signature_policy(contour))
        purpose = Purpose.ATTACHMENT
    is_signed = told.refusal is None
    participant = None
    if told.certificate is not None:
        if authorities is not None:
            step = trust_by(told.certificate, authorities, hub.certificate_reader, moment)
        else:
            step, participant = _trust_of_hub(hub, told.certificate, contour, purpose, moment)
        told = told.followed_by(step)
    if dump is not None:
        _dump(told, dump)
    if as_json:
        told_by_name = _data(told, is_signed=is_signed, participant=participant)
        top = {"file": str(file), "policy": contour.path}
        click.echo(json.dumps({**top, **told_by_name}, indent=2))
    else:
        _print("\n".join(_text(told, is_signed=is_signed, participant=participant)))
    if told.refusal is not None:
        raise SystemExit(1)


def _moment(at: str | None) -> datetime | None:
    if at is None:
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise click.UsageError(f"--at: «{at}» — не момент времени") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LOCAL)


def _authorities(hub: Hub, file: Path) -> Authorities:
    try:
        return Authorities(anchors=read_bundle(file.read_bytes(), hub.certificate_reader))
    except (CertificateUnusable, OSError) as error:
        raise files.Unusable(f"--trust {file}: {error}") from error


def _policy(hub: Hub, contour: Contour, actor: str | None) -> Policy:
    chosen = hub.signature_policy(contour)
    return chosen if actor is None else replace(chosen, actors=frozenset({actor or None}))


def _envelope(hub: Hub, file: Path, policy: Policy, moment: datetime) -> Explanation:
    octets = files.read(file)
    if is_smev3(octets):
        return explain_smev3(octets, policy, hub.providers, hub.certificate_reader)
    return explain(octets, policy, hub.providers, hub.certificate_reader, moment)


def _file(hub: Hub, file: Path, signature: Path, policy: Policy) -> Explanation:
    if files.STANDARD in (file, signature):
        if file == signature:
            raise click.UsageError("стандартный ввод один: назовите файл или подпись")
        kept = files.read(file) if file == files.STANDARD else None
    else:
        kept = None
    octets = cms.from_text(files.read(signature))

    def content() -> Iterator[bytes]:
        return files.pieces(file) if kept is None else iter((kept,))

    return explain_cms(octets, content, policy, hub.providers, hub.certificate_reader)


def _trust_of_hub(
    hub: Hub, der: bytes, contour: Contour, purpose: Purpose, moment: datetime
) -> tuple[Step, str | None]:
    """Ask the participant registry of this hub who stands behind the certificate."""
    if not _has_registry(hub):
        why = f"в {hub.settings.home} нет базы узла; назовите центры: --trust"
        return trust_unknown(why), None
    facts = [Fact("source", "кому доверяем", f"реестр узла, контур {contour.path}")]
    try:
        trusted = hub.trust.check(der, contour, purpose, moment)
    except (GatewayError, ProviderMissing) as error:
        return trust_step(facts, Refusal.of(error)), None
    facts += [
        Fact("participant", "участник", trusted.participant),
        chain_fact(trusted.chain),
        Fact("notes", "замечания", trusted.notes),
    ]
    return trust_step(facts, None), trusted.participant


def _has_registry(hub: Hub) -> bool:
    """Tell whether there is a registry to ask; an embedded one must not be made by looking."""
    file = hub.settings.database_url("registry").partition("sqlite:///")[2]
    if not file:
        return True
    return Path(file).exists() and migrate.is_current(hub.registry, "registry")


def _dump(told: Explanation, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for step in told.steps:
        if step.octets is not None:
            (folder / step.file).write_bytes(step.octets)


def _print(text: str) -> None:
    """Print what a terminal of any encoding can show."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding))


def _text(told: Explanation, *, is_signed: bool, participant: str | None) -> Iterator[str]:
    for number, step in enumerate(told.steps, 1):
        yield f"{number}. {_shown(step.title)} — {OUTCOMES[step.outcome]}"
        for fact in step.facts:
            yield from _fact(fact)
        if step.refusal is not None:
            yield f"   Причина: {_reason(step.refusal)}"
        for hint in step.hints:
            yield f"   Подсказка: {hint.text}"
        yield ""
    if told.refusal is None:
        whom = "" if participant is None else f" Участник: {participant}."
        yield f"ИТОГ: подписано, сертификату доверяют.{whom}"
    elif is_signed:
        yield f"ИТОГ: подпись подтверждена, доверия к сертификату нет: {_reason(told.refusal)}"
    else:
        yield f"ИТОГ: подписи не верят: {_reason(told.refusal)}"


def _fact(fact: Fact) -> Iterator[str]:
    if isinstance(fact.value, tuple):
        yield f"   {_shown(fact.label)}:" if fact.value else f"   {_shown(fact.label)}: нет"
        yield from (f"     | {_shown(line)}" for line in fact.value)
    else:
        value = "нет" if fact.value is None else str(fact.value)
        yield f"   {_shown(fact.label)}: {_shown(value)}"


def _reason(refusal: Refusal) -> str:
    note = f" ({_shown(refusal.note)})" if refusal.note else ""
    return f"[{refusal.code}] {_shown(refusal.sentence)}{note}"


def _shown(text: str) -> str:
    """Return a text that moves no cursor: a file of a stranger may say anything."""
    return "".join(one if one.isprintable() or one == "\t" else "?" for one in text)


def _data(told: Explanation, *, is_signed: bool, participant: str | None) -> dict[str, Any]:
    certificate = told.certificate
    return {
        "trusted": told.refusal is None,
        "signed": is_signed,
        **_refusal(told.refusal),
        "participant": participant,
        "certificate": None if certificate is None else hashlib.sha256(certificate).hexdigest(),
        "steps": [_step(step) for step in told.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "step": step.name,
        "title": step.title,
        "outcome": step.outcome.value,
        "facts": {fact.key: fact.value for fact in step.facts},
        **_refusal(step.refusal),
        "hints": [{"cause": hint.cause, "text": hint.text} for hint in step.hints],
    }


def _refusal(refusal: Refusal | None) -> dict[str, str | None]:
    if refusal is None:
        return {"code": None, "sentence": None, "note": None}
    return {"code": refusal.code, "sentence": refusal.sentence, "note": refusal.note}
