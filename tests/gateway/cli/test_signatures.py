"""`hub sign` and `hub verify` as a shell sees them: exit codes, streams, words."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pki
import pytest
from certified import certified
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization
from envelopes import BOTH_VERSIONS, plain

from gateway.bootstrap import Hub
from gateway.cli.sign import PASSWORD, sign
from gateway.cli.verify import verify
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.security.algorithms import Scheme
from gateway.security.path import Purpose
from gateway.security.policy import SMEV_ACTOR
from gateway.security.providers.gost_pure import PureGost
from gateway.security.trust import Role
from gateway.soap.parse import Version
from gateway.storage import migrate
from registry.certificates import Addresses, CertificateRegistrar
from registry.participants import Newcomer, ParticipantKind, Registrar

BANK = "BANK72001"
ROOT = pki.Authority.root()
LEAF = ROOT.issue(inn="7706012716", ogrn="1027700132195")


@pytest.fixture
def hub(tmp_path, clock):
    """The hub's command without its contracts: signatures need none."""
    hub = Hub(
        settings=Settings(home=tmp_path / "home", revocation_test="soft"),
        clock=clock,
        identifiers=uuid4,
        catalog=None,
        adapters=(),
        routes={},
        wrappers={},
        calendar=None,
    )
    yield hub
    hub.close()


@pytest.fixture
def files(tmp_path):
    (tmp_path / "message.xml").write_bytes(plain(Version.SOAP11))
    (tmp_path / "user.key").write_bytes(LEAF.key_pem)
    (tmp_path / "user.pem").write_bytes(LEAF.pem)
    (tmp_path / "ca.pem").write_bytes(ROOT.pem)
    return tmp_path


@pytest.fixture
def run(hub, files):
    def run(command, *arguments, code=0, data=None, env=None):
        result = CliRunner().invoke(
            command,
            [str(one) for one in arguments],
            obj=hub,
            input=data,
            env=env,
            catch_exceptions=False,
        )
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def signing(files):
    return ("--key", files / "user.key", "--certificate", files / "user.pem")


@pytest.fixture
def trusting(files):
    return ("--trust", files / "ca.pem")


@pytest.fixture
def signed(run, files, signing):
    """A signed message in a file."""

    def signed(*options, version=Version.SOAP11):
        out = files / "signed.xml"
        run(sign, "-", *signing, "--out", out, *options, data=plain(version))
        return out

    return signed


def report(result):
    return json.loads(result.stdout)


def codes(result):
    return {step["code"] for step in report(result)["steps"]}


@pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())
def test_signed_envelope_is_signed_and_trusted(run, signed, trusting, version):
    result = run(verify, signed("--timestamp", 300, version=version), *trusting)
    assert "ИТОГ: подписано, сертификату доверяют." in result.stdout
    for title in ("1. Байты файла", "5. Сертификат подписавшего", "Ссылка 3: Timestamp"):
        assert f"{title} — в порядке" in result.stdout
    assert "ИНН: 7706012716" in result.stdout


def test_message_goes_through_a_pipe(run, signing, trusting):
    octets = run(sign, "-", *signing, data=plain(Version.SOAP11)).stdout_bytes
    assert run(verify, "-", *trusting, data=octets).exit_code == 0


def test_gost_key_signs_by_gost(run, files, hub):
    made = certified(PureGost(), Scheme.GOST_256)
    (files / "gost.key").write_bytes(made.key.pem)
    (files / "gost.pem").write_bytes(made.certificate_pem)
    octets = run(
        *(sign, files / "message.xml"),
        *("--key", files / "gost.key", "--certificate", files / "gost.pem"),
    ).stdout_bytes
    result = run(verify, "-", "--policy", "prod", "--json", data=octets, code=1)
    assert report(result)["signed"]
    assert report(result)["code"] == "trust.unknown"


def test_actor_is_written_and_expected(run, signed, trusting):
    assert SMEV_ACTOR.encode() in signed().read_bytes()
    assert b"actor=" not in signed("--actor", "").read_bytes()
    other = signed("--actor", "urn:other")
    assert "[signature.security.actor]" in run(verify, other, *trusting, code=1).stdout
    run(verify, other, *trusting, "--actor", "urn:other")


def test_password_comes_from_the_environment(run, files, signing):
    pem = LEAF.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    (files / "user.key").write_bytes(pem)
    message = files / "message.xml"
    run(sign, message, *signing, env={PASSWORD: "secret"})
    refused = run(sign, message, *signing, env={PASSWORD: "other"}, code=2)
    assert "пароль не подходит" in refused.stderr
    assert refused.stdout == ""


def test_password_is_not_waited_for_where_nobody_can_type(files, signing):
    pem = LEAF.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    (files / "user.key").write_bytes(pem)
    done = subprocess.run(
        [Path(sys.executable).parent / "hub", "sign", "-", *signing],
        input=plain(Version.SOAP11),
        env={name: value for name, value in os.environ.items() if name != PASSWORD},
        capture_output=True,
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert PASSWORD in done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "octets", "word"),
    [
        ("user.key", b"no key", "ключ не читается"),
        ("user.pem", ROOT.issue().pem, "ключ не от этого сертификата"),
        ("message.xml", b"<a/>", "Версия SOAP"),
        ("message.xml", b"text", "UTF-8"),
        ("message.xml", plain(Version.SOAP11).replace(b"<s:Body>", b"<?x?><s:Body>"), "конверт"),
    ],
    ids=["no key", "another key", "no envelope", "no XML", "instruction"],
)
def test_what_cannot_be_signed_is_a_wrong_call(run, files, signing, name, octets, word):
    (files / name).write_bytes(octets)
    result = run(sign, files / "message.xml", *signing, code=2)
    assert word in result.stderr
    assert result.stdout == ""


def test_message_is_signed_once(run, signed, signing):
    assert "уже есть заголовок Security" in run(sign, signed(), *signing, code=2).stderr


def test_options_of_envelopes_and_files_are_not_mixed(run, files, signing):
    message = files / "message.xml"
    run(sign, message, *signing, "--cms", "--timestamp", 300, code=2)
    run(sign, message, *signing, "--pem", code=2)


def test_changed_message_is_told_with_its_code_and_its_octets(run, files, signed, trusting):
    changed = signed()
    changed.write_bytes(changed.read_bytes().replace(b"100.00", b"900.00"))
    result = run(verify, changed, *trusting, "--dump", files / "octets", code=1)
    assert "ИТОГ: подписи не верят: [signature.digest]" in result.stdout
    assert "РАСХОДИТСЯ" in result.stdout
    assert {file.name for file in (files / "octets").iterdir()} == {
        *("reference-1.xml", "reference-2.xml", "signed-info.xml")
    }
    assert b"900.00" in (files / "octets" / "reference-1.xml").read_bytes()


def test_certificate_of_another_authority_is_not_trusted(run, files, signed):
    (files / "ca.pem").write_bytes(pki.Authority.root("Другой УЦ").pem)
    result = run(verify, signed(), "--trust", files / "ca.pem", "--json", code=1)
    assert (report(result)["signed"], report(result)["trusted"]) == (True, False)
    assert report(result)["code"] == "certificate.issuer-unknown"


def test_without_authorities_and_databases_trust_is_unknown(run, signed, hub):
    result = run(verify, signed(), code=1)
    assert "доверия к сертификату нет: [trust.unknown]" in result.stdout
    assert not hub.settings.home.exists()


@pytest.fixture
def registered(hub, clock):
    """The registry of a hub that knows the bank and its certificate."""
    hub.settings.home.mkdir()
    migrate.upgrade(hub.registry, "registry")
    Registrar(hub.registry, clock, "оператор").add(
        Newcomer(BANK, "Банк", ParticipantKind.BANK, "7706012716")
    )
    certificates = CertificateRegistrar(hub.registry, clock, "оператор", hub.certificate_reader)
    certificates.add_authority(Contour.TEST, Role.ANCHOR, ROOT.der, Addresses())
    certificates.add(BANK, Contour.TEST, Purpose.MESSAGE, LEAF.der)
    return SimpleNamespace(certificates=certificates)


def test_registry_of_the_hub_tells_who_signed(run, signed, registered):
    result = run(verify, signed(), "--json")
    assert report(result)["participant"] == BANK
    assert f"Участник: {BANK}." in run(verify, signed()).stdout


def test_certificate_that_the_registry_does_not_know_is_not_trusted(run, files, signed, registered):
    other = ROOT.issue()
    (files / "user.key").write_bytes(other.key_pem)
    (files / "user.pem").write_bytes(other.pem)
    assert report(run(verify, signed(), "--json", code=1))["code"] == "certificate.unknown"


def test_moment_of_the_verification_may_be_told(run, signed, trusting, clock):
    message = signed("--timestamp", 60)
    clock.advance(days=1)
    stale = run(verify, message, *trusting, "--json", code=1)
    assert report(stale)["code"] == "signature.timestamp.stale"
    run(verify, message, *trusting, "--at", pki.NOW.isoformat())
    run(verify, message, *trusting, "--at", "2026-03-02T12:00:30")
    run(verify, message, *trusting, "--at", "yesterday", code=2)


@pytest.mark.parametrize("options", [(), ("--pem",)], ids=["der", "pem"])
def test_file_is_signed_beside(run, files, signing, registered, trusting, options):
    message, signature = files / "message.xml", files / "message.sig"
    run(sign, message, *signing, "--cms", "--out", signature, *options)
    run(verify, "--cms", signature, message, *trusting)
    run(verify, "--cms", signature, "-", *trusting, data=message.read_bytes())
    run(verify, "--cms", "-", message, *trusting, data=signature.read_bytes())
    run(verify, "--cms", "-", "-", *trusting, code=2)
    changed = run(verify, "--cms", signature, "-", *trusting, "--json", data=b"other", code=1)
    assert report(changed)["code"] == "cms.digest"
    # The bank's certificate is bound for messages, not for attachments.
    unbound = run(verify, "--cms", signature, message, "--json", code=1)
    assert report(unbound)["code"] == "certificate.purpose"


def test_data_has_the_documented_keys(run, files, signed, trusting):
    told = report(run(verify, signed(), *trusting, "--json"))
    assert set(told) == {
        *("file", "policy", "trusted", "signed", "code", "sentence", "note"),
        *("participant", "certificate", "steps"),
    }
    assert {frozenset(step) for step in told["steps"]} == {
        frozenset(("step", "title", "outcome", "facts", "code", "sentence", "note", "hints"))
    }


def test_words_of_a_stranger_move_no_cursor(run, files, trusting):
    evil = plain(Version.SOAP11).replace(b"urn:payment", "urn:\x9b2Jpayment".encode())
    result = run(verify, "-", *trusting, data=evil, code=1)
    assert "urn:" in result.stdout
    assert "\x9b" not in result.stdout


@pytest.mark.parametrize("arguments", [(), ("nothing.xml",), ("-", "--policy", "moon")])
def test_wrong_call_ends_with_two(run, arguments):
    run(verify, *arguments, code=2)
