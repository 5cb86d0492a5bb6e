from dataclasses import replace
from datetime import timedelta

import pytest

from gateway.kernel.errors import DuplicateConflict
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from registry import agreements, entry, errors, founders, organizations, reference
from registry.agreements import Agreement, AgreementKind
from registry.entry import Newcomer
from registry.founders import Signatory
from registry.kinds import ParticipantKind
from registry.organizations import BankDetails, Organization

CARD = Organization(
    "Акционерное общество «Вымышленный банк»",
    "АО «Вымышленный банк»",
    inn="7706012716",
    address="г. Тюмень, ул. Вымышленная, д. 1",
    head_name="Вымышленный Пётр Петрович",
)


@pytest.fixture
def written(registry_database, bank):
    with registry_database.writing() as transaction:
        yield transaction


def test_before_the_first_card_stands_what_was_entered(written, bank):
    assert organizations.current(written, bank) == Organization(
        "Демонстрационный банк", "Демонстрационный банк"
    )


def test_a_new_card_stands_and_the_one_before_is_kept(written, clock, bank):
    moved = replace(CARD, address="г. Тюмень, ул. Иная, д. 2")
    organizations.change_card(written, bank, CARD, clock(), "оператор")
    later = clock() + timedelta(days=3)
    organizations.change_card(written, bank, moved, later, "оператор")

    assert organizations.current(written, bank) == moved
    assert [one.organization for one in organizations.versions(written, bank)] == [CARD, moved]
    assert organizations.at(written, bank, later - timedelta(seconds=1)) == CARD
    assert organizations.at(written, bank, later) == moved
    assert organizations.at(written, bank, clock() - timedelta(seconds=1)) is None


def test_the_participant_is_called_as_its_card_says(registry_database, directory, clock, bank):
    with registry_database.writing() as transaction:
        organizations.change_card(transaction, bank, CARD, clock(), "оператор")

    participant = directory.participant(Contour.TEST, bank)
    assert (participant.name, participant.inn) == (CARD.short_name, CARD.inn)


def test_the_same_card_again_changes_nothing(written, clock, bank):
    assert organizations.change_card(written, bank, CARD, clock(), "оператор")
    assert not organizations.change_card(written, bank, CARD, clock(), "оператор")
    assert len(organizations.versions(written, bank)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"inn": "7706012717"},
        {"kpp": "1"},
        {"ogrn": "1027700132190"},
        {"short_name": " "},
        {"bank_details": BankDetails("Банк", "044525225", "40702810900000000001")},
    ],
    ids=["INN", "KPP", "OGRN", "name", "account"],
)
def test_a_card_with_a_wrong_line_is_refused(written, clock, bank, change):
    with pytest.raises(errors.AttributeInvalid):
        organizations.change_card(written, bank, replace(CARD, **change), clock(), "оператор")


def test_there_is_one_operator_and_one_owner(registry_database, clock):
    for _ in range(2):
        with registry_database.writing() as transaction:
            founders.found(transaction, "CITTO", clock(), "оператор")
            assert founders.operator_of(transaction) == "CITTO"
            assert founders.owner_of(transaction) == reference.OWNER.code

    second = Newcomer("CITTO-2", "Второй", ParticipantKind.OPERATOR)
    with registry_database.writing() as transaction, pytest.raises(errors.SingleOperator):
        entry.enter(transaction, second, clock(), "оператор")


def test_the_operator_is_neither_renamed_nor_suspended_but_may_move(registry_database, clock):
    with registry_database.writing() as transaction:
        founders.found(transaction, "CITTO", clock(), "оператор")
        present = organizations.current(transaction, "CITTO")
        renamed = replace(present, short_name="Другое имя")
        with pytest.raises(errors.SingleOperator):
            organizations.change_card(transaction, "CITTO", renamed, clock(), "оператор")
        moved = replace(present, address=reference.OPERATOR.address)
        assert organizations.change_card(transaction, "CITTO", moved, clock(), "оператор")


def test_the_operators_signatory_is_as_set_and_otherwise_a_blank_line():
    set_one = Settings(signatory_name="В. В. Вымышленный", signatory_position="Директор")

    assert founders.signatory(set_one) == Signatory("Директор", "В. В. Вымышленный", None)
    assert founders.signatory(Settings()) == Signatory(None, None, None)


def test_the_operator_is_not_suspended(registry_database, registrar, clock):
    with registry_database.writing() as transaction:
        founders.found(transaction, "CITTO", clock(), "оператор")
    with pytest.raises(errors.SingleOperator):
        registrar.suspend("CITTO", "решение")


def test_who_joins_has_its_agreement_registered(written, clock, bank):
    assert agreements.current(written, bank) == Agreement(f"С-{bank}", clock())


def test_the_last_agreement_of_an_active_participant_does_not_end(written, clock, bank):
    def end(number):
        agreements.end(
            written, bank, AgreementKind.JOIN, number, "расторжение", clock(), "оператор"
        )

    with pytest.raises(errors.AgreementNeeded):
        end(f"С-{bank}")
    agreements.register(written, bank, Agreement("2", clock()), clock(), "оператор")
    end(f"С-{bank}")
    assert agreements.current(written, bank).number == "2"


def test_an_agreement_is_registered_once(written, clock, bank):
    agreement = Agreement("2", clock() - timedelta(hours=1))
    assert agreements.register(written, bank, agreement, clock(), "оператор")
    assert not agreements.register(written, bank, agreement, clock(), "оператор")
    with pytest.raises(DuplicateConflict):
        agreements.register(written, bank, Agreement("2", clock()), clock(), "оператор")


def test_an_agreement_of_tomorrow_is_not_registered(written, clock, bank):
    tomorrow = Agreement("2", clock() + timedelta(days=1))
    with pytest.raises(errors.AttributeInvalid):
        agreements.register(written, bank, tomorrow, clock(), "оператор")
