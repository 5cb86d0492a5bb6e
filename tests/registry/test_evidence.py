import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pki
import pytest
import responder as web
import sqlalchemy as sa

from gateway.kernel.errors import TemporaryUnavailable
from gateway.kernel.message import Contour
from gateway.security import responders
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.path import Purpose
from gateway.security.revocation import EvidenceUnusable, RevocationPolicy, Status, Unreachable
from gateway.security.trust import Role, Trust
from registry import certificate_cards, evidence
from registry.certificates import Addresses
from registry.evidence import KeptEvidence
from registry.participants import Newcomer, ParticipantKind


@pytest.fixture
def responder():
    with web.serving() as serving:
        yield serving


@pytest.fixture
def participant(registrar):
    registrar.add(Newcomer("BANK-1", "Банк", ParticipantKind.BANK))
    return "BANK-1"


@pytest.fixture
def root(certificates, responder):
    """An authority that is asked for its list and about each certificate."""
    authority = pki.Authority.root()
    addresses = Addresses(responder.url("/ca.crl"), responder.url("/ocsp"))
    certificates.add_authority(Contour.PROD, Role.ANCHOR, authority.der, addresses)
    return authority


@pytest.fixture
def leaf(root, certificates, participant):
    made = root.issue(ocsp_at="http://internal.example/ocsp", crl="http://internal.example/crl")
    certificates.add(participant, Contour.PROD, Purpose.MESSAGE, made.der)
    return made


@pytest.fixture
def refresh(registry_database, reader, clock):
    def refresh(fetch=responders.fetch, **more):
        return evidence.refresh(registry_database, fetch, reader, clock(), **more)

    return refresh


@pytest.fixture
def answers(registry_database, reader, root):
    def answers(leaf):
        kept = KeptEvidence(registry_database)
        return kept.answers(reader.read(leaf.der), reader.read(root.der))

    return answers


@pytest.fixture
def trust(directory, registry_database, reader):
    def trust(policy):
        policies = dict.fromkeys(Contour, policy)
        return Trust(directory.bindings, reader, KeptEvidence(registry_database), policies)

    return trust


def version(database):
    with database.reading() as transaction:
        return transaction.execute(sa.text("SELECT version FROM registry_version")).scalar()


def up(responder, root, leaf, **more):
    responder.answers = {"/ca.crl": root.crl(**more), "/ocsp": root.ocsp(leaf, **more)}


def failures(attempts):
    return [attempt.failure for attempt in attempts]


def test_list_and_answer_are_fetched_and_kept(refresh, responder, root, leaf, answers):
    up(responder, root, leaf)

    attempts = refresh()

    assert failures(attempts) == [None, None]
    assert {(one.source, one.status) for one in answers(leaf)} == {
        ("CRL", Status.GOOD),
        ("OCSP", Status.GOOD),
    }


def test_only_addresses_of_the_registry_are_asked(refresh, root, leaf, responder):
    asked = []

    def fetch(request):
        asked.append(request.address)
        raise Unreachable("nobody")

    refresh(fetch)

    assert asked == [responder.url("/ca.crl"), responder.url("/ocsp")]


def test_an_authority_without_addresses_is_not_asked(certificates, refresh, participant):
    quiet = pki.Authority.root()
    certificates.add_authority(Contour.TEST, Role.ANCHOR, quiet.der, Addresses())
    leaf = quiet.issue(ocsp_at="http://internal.example/ocsp")
    certificates.add(participant, Contour.TEST, Purpose.MESSAGE, leaf.der)

    assert refresh(lambda _: pytest.fail("asked")) == []


def test_a_revocation_is_obeyed_as_soon_as_it_is_fetched(
    refresh, responder, root, leaf, trust, clock
):
    up(responder, root, leaf)
    refresh()
    hard = trust(RevocationPolicy.HARD)
    hard.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    root.revoke(leaf, clock())
    clock.advance(hours=1)
    up(responder, root, leaf, at=clock())

    refresh()

    with pytest.raises(SignatureRefused) as seen:
        hard.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert seen.value.reason is Reason.CERTIFICATE_REVOKED


@pytest.mark.parametrize("source", ["/ca.crl", "/ocsp"])
def test_either_source_is_enough_to_revoke(refresh, responder, root, leaf, trust, clock, source):
    root.revoke(leaf)
    up(responder, root, leaf)
    responder.answers = {source: responder.answers[source]}
    refresh()

    with pytest.raises(SignatureRefused) as seen:
        trust(RevocationPolicy.SOFT).check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert seen.value.reason is Reason.CERTIFICATE_REVOKED


def test_a_responder_that_is_down_is_noted_and_the_policy_decides(
    refresh, root, leaf, trust, clock, registry_database
):
    attempts = refresh()

    assert failures(attempts) == ["Ответ HTTP 404."] * 2
    (line,) = certificate_cards.list_authorities(registry_database)
    assert line.failure == "Ответ HTTP 404."
    soft = trust(RevocationPolicy.SOFT).check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert soft.notes == ("Отзыв не проверен: ответов издателя нет.",)
    with pytest.raises(SignatureRefused) as seen:
        trust(RevocationPolicy.HARD).check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert seen.value.reason is Reason.CERTIFICATE_REVOCATION_UNKNOWN


def test_a_responder_that_went_down_is_covered_by_its_last_answer_until_that_ends(
    refresh, responder, root, leaf, trust, clock
):
    up(responder, root, leaf)
    refresh()
    responder.answers = {}
    clock.advance(hours=23)
    refresh()
    hard = trust(RevocationPolicy.HARD)
    hard.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())

    clock.advance(hours=2)

    with pytest.raises(SignatureRefused) as seen:
        hard.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert seen.value.reason is Reason.CERTIFICATE_REVOCATION_UNKNOWN


def test_a_stale_list_is_noted_under_the_soft_policy(refresh, responder, root, leaf, trust, clock):
    responder.answers = {"/ca.crl": root.crl(at=clock() - pki.DAY, until=clock() - pki.DAY / 2)}
    refresh()

    trusted = trust(RevocationPolicy.SOFT).check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())

    assert trusted.notes == (
        "Отзыв не проверен: последний ответ издателя устарел 01.03.2026 19:00 UTC.",
    )


def test_who_has_answered_is_asked_again_after_an_hour(refresh, responder, root, leaf, clock):
    up(responder, root, leaf)
    assert len(refresh()) == 2
    assert refresh() == []
    assert len(refresh(everything=True)) == 2

    clock.advance(hours=1)

    assert len(refresh()) == 2


def test_who_has_failed_is_asked_again_after_ten_minutes(refresh, root, leaf, clock):
    assert len(refresh()) == 2
    assert refresh() == []

    clock.advance(minutes=10)

    assert len(refresh()) == 2


def test_the_same_answers_do_not_make_every_directory_read_anew(
    refresh, responder, root, leaf, clock, registry_database
):
    up(responder, root, leaf)
    refresh()
    before = version(registry_database)
    clock.advance(hours=1)
    responder.answers["/ocsp"] = root.ocsp(leaf, at=clock(), until=clock() + pki.DAY)

    assert failures(refresh()) == [None, None]
    assert version(registry_database) == before


def test_a_silent_responder_is_waited_for_once_in_a_run(
    refresh, root, leaf, certificates, participant
):
    for _ in range(3):
        certificates.add(participant, Contour.PROD, Purpose.MESSAGE, root.issue().der)

    assert len(refresh()) == 2


def test_an_older_list_does_not_replace_a_newer_one(refresh, responder, root, leaf, clock, answers):
    root.revoke(leaf, clock() - pki.DAY)
    up(responder, root, leaf)
    refresh()
    root.revoked.clear()
    up(responder, root, leaf, at=clock() - timedelta(hours=1))

    attempts = refresh(everything=True)

    assert ["старше" in failure for failure in failures(attempts)] == [True, True]
    assert {one.status for one in answers(leaf)} == {Status.REVOKED}


def test_a_forged_list_is_not_kept(refresh, responder, root, leaf, answers):
    responder.answers = {"/ca.crl": root.crl(key=pki.ec_key())}

    assert "не подтверждена" in failures(refresh())[0]
    assert answers(leaf) == []


def test_a_list_comes_by_hand_where_there_is_no_network(
    registry_database, reader, root, leaf, clock, answers
):
    evidence.keep_crl(registry_database, root.crl(), reader.read(root.der), clock())

    assert [one.status for one in answers(leaf)] == [Status.GOOD]
    with pytest.raises(EvidenceUnusable):
        evidence.keep_crl(registry_database, b"list", reader.read(root.der), clock())


def test_a_registry_that_does_not_answer_puts_the_message_off(
    registry_database, root, leaf, answers
):
    def away(*_):
        raise sa.exc.OperationalError("SELECT", {}, ConnectionError("away"))

    sa.event.listen(registry_database.engine, "before_cursor_execute", away)

    with pytest.raises(TemporaryUnavailable):
        answers(leaf)


def test_the_list_of_openssl_and_the_answer_of_its_responder_are_understood(
    tmp_path, certificates, participant, responder, registry_database, reader
):
    """Bytes of another implementation: `openssl ca -gencrl` and `openssl ocsp`."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pki.cannot("openssl is not installed")
    now = datetime.now(UTC)
    root = pki.Authority.root(until=now + pki.YEAR)
    bad = root.issue("Отозванный", until=now + pki.YEAR)
    (tmp_path / "ca.pem").write_bytes(root.pem)
    (tmp_path / "ca.key").write_bytes(root.key_pem)
    (tmp_path / "bad.pem").write_bytes(bad.pem)
    serial = f"{bad.certificate.serial_number:04X}"
    (tmp_path / "index.txt").write_text(
        f"R\t350101000000Z\t260101000000Z\t{serial}\tunknown\t/CN=bad\n"
    )
    (tmp_path / "ca.cnf").write_text(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=1\n"
    )

    def run(command):
        subprocess.run([openssl, *command.split()], cwd=tmp_path, check=True, capture_output=True)

    run("ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out ca.crl")

    def answer(question):
        (tmp_path / "question.der").write_bytes(question)
        run(
            "ocsp -index index.txt -CA ca.pem -rsigner ca.pem -rkey ca.key -ndays 1"
            " -reqin question.der -respout answer.der"
        )
        return (tmp_path / "answer.der").read_bytes()

    responder.answers = {"/ca.crl": (tmp_path / "ca.crl").read_bytes(), "/ocsp": answer}
    addresses = Addresses(responder.url("/ca.crl"), responder.url("/ocsp"))
    certificates.add_authority(Contour.PROD, Role.ANCHOR, root.der, addresses)
    certificates.add(participant, Contour.PROD, Purpose.MESSAGE, bad.der)

    attempts = evidence.refresh(registry_database, responders.fetch, reader, now)

    assert failures(attempts) == [None, None]
    kept = KeptEvidence(registry_database).answers(reader.read(bad.der), reader.read(root.der))
    assert [(one.source, one.status) for one in kept] == [
        ("CRL", Status.REVOKED),
        ("OCSP", Status.REVOKED),
    ]
