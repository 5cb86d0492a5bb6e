"""`hub document`, by which an operator leads an act to the register on a test installation."""

import secrets
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from click.testing import CliRunner

from gateway.bootstrap import Hub
from gateway.cli.document import KINDS, document
from gateway.cli.sign import sign as sign_command
from gateway.documents.forms import ConnectionPlan, EmpAct
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.security.issuing import TestAuthority
from gateway.security.path import Purpose
from gateway.storage import migrate
from registry import issuance
from registry.certificates import CertificateRegistrar
from registry.documents.values import SignatureKind, Source, parties_of
from registry.participants import Newcomer, ParticipantKind, Registrar

OPERATOR, BANK, NUMBER = "CITTO", "BANK72001", "АКТ-ЕМП-2026-0001"
WHO = ("--name", "Выдуманный В. В.", "--position", "директор", "--basis", "Устава")
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def hub_at(home, clock):
    settings = Settings(
        home=home,
        documents_trust="test",
        signatory_name="Примеров П. П.",
        signatory_position="директор",
        signatory_basis="Устава",
    )
    return Hub(
        settings, clock, uuid4, catalog=None, adapters=(), routes={}, wrappers={}, calendar=None
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A test installation with its authority, its own key, a bank and the bank's key."""
    home = tmp_path_factory.mktemp("installation")
    hub = hub_at(home, lambda: NOW)
    migrate.upgrade(hub.registry, "registry")
    for contour in Contour:
        migrate.upgrade(hub.databases[contour], "contour")
    registrar = Registrar(hub.registry, hub.clock, "оператор")
    registrar.add(Newcomer(OPERATOR, "Оператор", ParticipantKind.OPERATOR))
    registrar.add(Newcomer(BANK, "Банк «Пример»", ParticipantKind.BANK))
    equip(hub, TestAuthority(home / "test-ca"))
    hub.close()
    return home


def equip(hub, authority):
    registrar = CertificateRegistrar(hub.registry, hub.clock, "оператор", hub.certificate_reader)
    random = secrets.token_bytes
    issuance.anchor_test_authority(registrar, authority, NOW, random)
    own = hub.settings.signing_files("test")
    issuance.issue_own(authority, OPERATOR, "Оператор", *own, NOW, random)
    issued = issuance.issue_for_test(
        hub.registry,
        registrar,
        authority,
        BANK,
        Purpose.MESSAGE,
        hub.settings.home,
        NOW,
        random,
    )
    issued.key_file.rename(hub.settings.home / "bank.key")
    issued.certificate_file.rename(hub.settings.home / "bank.pem")


@pytest.fixture
def hub(installation, tmp_path, clock):
    home = shutil.copytree(installation, tmp_path / "home")
    hub = hub_at(home, clock)
    yield hub
    hub.close()


@pytest.fixture
def run(hub, tmp_path):
    def run(*arguments, code=0, command=document):
        result = CliRunner().invoke(
            command,
            [str(one) for one in arguments],
            obj=hub,
            env={"COLUMNS": "240"},
            catch_exceptions=False,
        )
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def act(hub):
    draw_up(hub, EmpAct(system="Демонстрационная система"))
    return NUMBER


def draw_up(hub, form):
    with hub.registry.writing() as transaction:
        hub.documents.draw_up(
            transaction,
            form,
            parties_of(form.doc_type, OPERATOR, BANK),
            Source(),
            hub.clock(),
            uuid4,
            "оператор",
        )


@pytest.fixture
def bank_signs(run, hub, tmp_path):
    """Let the bank fetch a file, sign it on its own machine and send the signature."""

    def bank_signs(file_format="pdf", name=NUMBER):
        home, fetched = hub.settings.home, tmp_path / f"act.{file_format}"
        run("file", name, "--format", file_format, "--out", fetched, "--force")
        signature = tmp_path / f"act.{file_format}.sig"
        options = ("--key", home / "bank.key", "--certificate", home / "bank.pem", "--cms")
        run(fetched, *options, "--out", signature, command=sign_command)
        return run("sign", name, "--party", BANK, "--cms", signature, *WHO)

    return bank_signs


def test_an_act_goes_by_commands_from_the_draft_to_the_register(run, act, bank_signs):
    assert "на подписании" in run("offer", act)
    assert f"Ждёт подписи: {BANK}" in run("sign", act)
    assert "подписан" in bank_signs()
    assert "зарегистрирован" in run("register", act)

    card = run("show", act)
    for told in ("Примеров П. П.", "Выдуманный В. В.", "ключ узла", "PDF", "передан на подпись"):
        assert told in card
    assert "документ не менялся" in run("verify", act)


def test_the_list_shows_who_is_awaited_and_can_be_narrowed(run, hub, act):
    draw_up(hub, ConnectionPlan())
    run("cancel", "ПЛН-ПОДКЛ-2026-0001", "--reason", "дубль")

    assert f"{OPERATOR}, {BANK}" in run("list", "--type", "act-emp", "--since", "2026-03-02")
    assert NUMBER not in run("list", "--state", "cancelled")
    assert NUMBER not in run("list", "--until", "01.03.2026")
    assert NUMBER not in run("list", "--participant", "BANK72002")
    assert "аннулирован" in run("list", "--participant", BANK)


def test_a_paper_is_signed_by_its_scan(run, act, tmp_path):
    run("offer", act)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")

    run("sign", act, "--scan", scan)
    told = run(
        "sign", act, "--party", BANK, "--scan", scan, *WHO, "--signed-at", "01.03.2026 12:00"
    )

    assert "подписан" in told
    card = run("show", act)
    assert "подписано на бумаге, скан приложен" in card
    assert "01.03.2026 12:00" in card


def test_the_same_signature_again_is_told_and_another_is_a_conflict(run, act, tmp_path):
    run("offer", act)
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n scan")
    run("sign", act, "--scan", scan)

    assert "уже внесена" in run("sign", act, "--scan", scan)
    assert "другой подписью" in run("sign", act, "--scan", scan, "--basis", "приказа", code=1)


def test_a_scan_of_an_unknown_kind_is_refused(run, act):
    run("offer", act)

    assert "PDF, JPEG, PNG или TIFF" in run("sign", act, "--scan", __file__, code=1)


def test_nonsense_for_a_signature_is_explained(run, act, tmp_path):
    run("offer", act)
    signature = tmp_path / "nonsense.sig"
    signature.write_bytes(b"not a signature")

    told = run("sign", act, "--party", BANK, "--cms", signature, *WHO, code=1)

    assert "не разбирается как CMS" in told
    assert "cms.format" in told


def test_a_file_is_never_written_over_another_unless_told(run, act, tmp_path):
    out = tmp_path / "act.docx"
    assert "проект" in run("file", act, "--format", "docx", "--out", out)

    assert "--force" in run("file", act, "--format", "xml", "--out", out, code=2)
    assert out.read_bytes().startswith(b"PK")
    run("file", act, "--format", "xml", "--out", out, "--force")
    assert b"<?xml" in out.read_bytes()


def test_the_list_opens_in_office_programs(run, act, tmp_path):
    run("export", "--out", tmp_path / "list.csv")
    run("export", "--out", tmp_path / "list.xlsx", "--type", "ACT-EMP")

    text = (tmp_path / "list.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    head, row, _ = text.decode("utf-8-sig").split("\r\n")
    assert head.startswith("Номер;Дата;Документ;")
    assert row.startswith(f"{NUMBER};02.03.2026;Акт о подключении")
    sheet = openpyxl.load_workbook(BytesIO((tmp_path / "list.xlsx").read_bytes())).active
    assert [cell.value for cell in sheet["A"]] == ["Номер", NUMBER]
    assert "--force" in run("export", "--out", tmp_path / "list.csv", code=2)
    assert ".csv" in run("export", "--out", tmp_path / "list.txt", code=2)


def test_what_is_illegal_says_so(run, act):
    assert "нельзя зарегистрировать" in run("register", act, code=1)
    assert "нет" in run("show", "АКТ-ЕМП-2026-0099", code=1)


def test_nobody_signs_without_a_name_or_without_a_signature(run, act):
    run("offer", act)

    assert "--position" in run("sign", act, "--party", BANK, "--scan", __file__, code=2)
    assert "--scan" in run("sign", act, "--party", BANK, *WHO, code=2)


def test_without_a_key_of_its_own_the_hub_cannot_sign(run, hub, act):
    run("offer", act)
    hub.settings.signing_files("test")[0].unlink()

    assert "ключа узла нет" in run("sign", act, code=1)


def test_both_sides_sign_one_pdf_from_inside(run, hub, act, tmp_path):
    home = hub.settings.home
    run("offer", act)
    plain, ours, both = (tmp_path / f"{name}.pdf" for name in ("plain", "ours", "both"))
    run("file", act, "--out", plain)
    own_key, own = hub.settings.signing_files("test")
    keys = ("--key", own_key, "--certificate", own)
    run("pdf", "sign", plain, "--field", "operator", *keys, "--out", ours)
    keys = ("--key", home / "bank.key", "--certificate", home / "bank.pem")
    run("pdf", "sign", ours, "--field", "participant", *keys, "--out", both)

    told = run("pdf", "verify", both)
    assert told.count(" да ") == 2
    assert both.read_bytes().startswith(plain.read_bytes())

    broken = bytearray(both.read_bytes())
    broken[len(plain.read_bytes()) // 2] ^= 1
    both.write_bytes(broken)
    result = CliRunner().invoke(document, ["pdf", "verify", str(both)], obj=hub)
    assert result.exit_code in {1, 2}


def test_a_signature_made_on_another_machine_goes_into_the_pdf(run, hub, act, tmp_path):
    home = hub.settings.home
    plain, hole, content, whole = (
        tmp_path / name for name in ("plain.pdf", "hole.pdf", "bytes", "whole.pdf")
    )
    run("file", act, "--out", plain)
    run("pdf", "prepare", plain, "--field", "participant", "--out", hole, "--bytes", content)
    keys = ("--key", home / "bank.key", "--certificate", home / "bank.pem")
    signature, other = tmp_path / "right.sig", tmp_path / "wrong.sig"
    run(content, *keys, "--cms", "--out", signature, command=sign_command)
    run(plain, *keys, "--cms", "--out", other, command=sign_command)
    place = ("pdf", "embed", hole, "--field", "participant", "--out", whole)

    assert "не подходит" in run(*place, "--cms", other, code=2)
    assert not whole.exists()
    run(*place, "--cms", signature)
    run("pdf", "verify", whole)


def test_a_pdf_without_signatures_is_not_verified(run, act, tmp_path):
    run("file", act, "--out", tmp_path / "plain.pdf")

    run("pdf", "verify", tmp_path / "plain.pdf", code=1)


def test_every_kind_of_signature_has_a_russian_word():
    assert set(KINDS) == set(SignatureKind)


def test_the_contour_that_is_believed_is_prod_unless_set(tmp_path):
    hub = hub_at(tmp_path, lambda: NOW)

    assert Settings().documents_trust == "prod"
    assert hub.documents_contour is Contour.TEST
    assert replace(hub, settings=Settings()).documents_contour is Contour.PROD
