import shutil
from types import SimpleNamespace

import pki
import pytest
import responder as web
from click.testing import CliRunner

from gateway.cli.certificate import PURPOSES, ROLES, certificate
from gateway.kernel.message import Contour
from gateway.security.certificates import CertificateReader
from gateway.security.path import Purpose
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.trust import Role
from gateway.storage import migrate
from gateway.storage.database import Database
from registry import certificate_cards
from registry.participants import Newcomer, ParticipantKind, Registrar

BANK = "BANK72001"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """Databases as `hub db upgrade` leaves them, made once."""
    folder = tmp_path_factory.mktemp("migrated")
    for schema in ("registry", "contour"):
        database = Database(f"sqlite:///{folder / schema}")
        migrate.upgrade(database, schema)
        database.close()
    return folder


@pytest.fixture
def hub(migrated, clock, tmp_path):
    registry, contour = (
        Database(f"sqlite:///{shutil.copy(migrated / schema, tmp_path)}")
        for schema in ("registry", "contour")
    )
    Registrar(registry, clock, "оператор").add(
        Newcomer(BANK, "Банк «Пример»", ParticipantKind.BANK, "7706012716")
    )
    yield SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        registry=registry,
        databases=dict.fromkeys(Contour, contour),
        clock=clock,
        certificate_reader=CertificateReader(Providers.of([RsaProvider()])),
    )
    registry.close()
    contour.close()


@pytest.fixture
def run(hub):
    def run(*arguments, code=0):
        result = CliRunner().invoke(
            certificate,
            [str(one) for one in arguments],
            obj=hub,
            env={"COLUMNS": "200"},
            catch_exceptions=False,
        )
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def root():
    return pki.Authority.root()


@pytest.fixture
def save(tmp_path):
    def save(leaf, name="file.pem"):
        path = tmp_path / name
        path.write_bytes(leaf.pem)
        return path

    return save


@pytest.fixture
def bound(run, root, save):
    """A certificate that ends in fifty days, bound in production."""
    run("anchor", "add", save(root), "--contour", "prod")
    run("add", BANK, save(root.issue(until=pki.NOW + 50 * pki.DAY)), "--contour", "prod")
    return thumbprint(run)


def thumbprint(run):
    line = next(line for line in run("list").splitlines() if BANK in line)
    return line.split("│")[5].strip()


def test_a_bound_certificate_is_listed_with_the_days_it_has_left(run, bound):
    listed = run("list", BANK)

    assert "MESSAGE" in listed
    assert "50 дн. !" in listed


@pytest.mark.parametrize(
    ("days", "word"), [(300, "300 дн."), (60, "60 дн. !"), (14, "14 дн. !!"), (0, "0 дн. !!")]
)
def test_few_days_are_marked_by_a_word_too(run, root, save, days, word):
    run("anchor", "add", save(root))
    run("add", BANK, save(root.issue(until=pki.NOW + days * pki.DAY)))

    (cell,) = [line.split("│")[7].strip() for line in run("list").splitlines() if BANK in line]
    assert cell == word


def test_an_expired_certificate_says_so(run, bound, clock):
    clock.advance(days=51)

    assert "истёк" in run("list")


def test_the_card_shows_whose_it_is(run, bound):
    card = run("show", bound)

    for told in (BANK, "PROD", "ЭП-ОВ", "CN=Корневой УЦ", "50 дн. !"):
        assert told in card


def test_an_ended_certificate_is_shown_when_asked(run, bound):
    run("end", bound)

    assert BANK not in run("list")
    assert "прекращён" in run("list", "--ended")


def test_a_revoked_certificate_tells_why(run, bound):
    run("revoke", bound, "--reason", "ключ утрачен")

    assert "отозван: ключ утрачен" in run("list", "--ended")


def test_a_refusal_tells_reason_and_advice(run, root, save):
    told = run("add", BANK, save(root.issue()), "--contour", "prod", code=1)

    assert "certificate.issuer-unknown" in told
    assert "hub certificate anchor list" in told


def test_a_short_thumbprint_is_refused(run, bound):
    assert "не меньше" in run("show", bound[:3], code=1)


def test_an_authority_shows_its_addresses_and_the_age_of_its_list(run, root, save, clock):
    with web.serving() as responder:
        responder.answers = {"/ca.crl": root.crl()}
        run("anchor", "add", save(root), "--crl", responder.url("/ca.crl"))
        clock.advance(hours=2)

        listed = run("anchor", "list")

    assert "/ca.crl" in listed
    assert "получен 2 ч назад" in listed


def test_an_address_that_is_none_is_refused(run, root, save):
    assert "не адрес" in run("anchor", "add", save(root), "--crl", "file:///etc/passwd", code=2)


def test_an_authority_without_addresses_is_warned_about(run, root, save):
    assert "отзыв сертификатов центра не проверить" in run("anchor", "add", save(root))


def test_an_authority_leaves_the_contour(run, root, save, hub):
    run("anchor", "add", save(root))
    (line,) = certificate_cards.list_authorities(hub.registry)

    run("anchor", "end", line.thumbprint[:12])

    assert certificate_cards.list_authorities(hub.registry) == []


def test_refresh_tells_who_did_not_answer(run, root, save):
    with web.serving() as responder:
        responder.answers = {"/ca.crl": root.crl()}
        run("anchor", "add", save(root), "--crl", responder.url("/ca.crl"))
        good = run("refresh")
        responder.answers = {}
        bad = run("refresh", code=1)

    assert "без ответа: 0" in good
    assert "Ответ HTTP 404" in bad


def test_a_list_is_taken_from_a_file(run, root, save, hub, tmp_path):
    run("anchor", "add", save(root))
    (line,) = certificate_cards.list_authorities(hub.registry)
    (tmp_path / "ca.crl").write_bytes(root.crl())

    run("refresh", "--crl", tmp_path / "ca.crl", "--issuer", line.thumbprint)
    (tmp_path / "ca.crl").write_bytes(root.crl(key=pki.ec_key()))
    told = run("refresh", "--crl", tmp_path / "ca.crl", "--issuer", line.thumbprint, code=1)

    assert "не подтверждена" in told
    (line,) = certificate_cards.list_authorities(hub.registry)
    assert line.listed is not None


def test_the_test_authority_equips_a_participant_in_two_commands(run, hub):
    run("test-ca")
    told = run("issue-test", BANK)

    files = sorted(path.name for path in (hub.settings.home / "certificates").iterdir())
    assert [name.rpartition(".")[2] for name in files] == ["key", "pem"]
    assert files[0] in told
    assert BANK in run("list")


def test_the_test_authority_is_not_taken_into_production(run, hub):
    run("test-ca")

    told = run("anchor", "add", hub.settings.home / "test-ca/ca.pem", "--contour", "prod", code=1)

    assert "продуктивный" in told


def test_no_certificate_is_issued_before_there_is_an_authority(run):
    assert "hub certificate test-ca" in run("issue-test", BANK, code=1)


def test_every_purpose_and_role_has_a_russian_word():
    assert set(PURPOSES) == set(Purpose)
    assert set(ROLES) == set(Role)
