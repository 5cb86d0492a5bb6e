from datetime import date
from decimal import Decimal

import pytest

from adapters.bank import errors, messages
from adapters.bank.handlers.registries import get_registry_status
from gateway.contracts.messages.common import Page, Period, RegistryState
from gateway.kernel.errors import NotFound, ValidationError


def test_a_fresh_registry_is_received_and_has_no_results(office, accounts):
    answer = office.submit(office.registry(office.line(1, accounts[0])))

    status = office.status(answer.registry_id)

    assert status.state is RegistryState.RECEIVED
    assert status.processed_at is None
    assert status.counts.total == 1
    assert status.counts.credited == 0


def test_a_registry_under_way_is_processing_and_counts_on(office, accounts):
    answer = office.submit(
        office.registry(*[office.line(n, accounts[0], "1.00") for n in range(1, 251)])
    )

    while office.status(answer.registry_id).counts.credited == 0:
        assert office.piece()

    status = office.status(answer.registry_id)
    assert status.state is RegistryState.PROCESSING
    assert (status.counts.credited, status.sums.credited) == (100, Decimal("100.00"))


def test_a_registry_is_found_by_the_hubs_id_in_any_case(office, accounts):
    answer = office.submit(office.registry(office.line(1, accounts[0])))
    request = messages.GetRegistryStatusRequest(hub_registry_id=answer.hub_registry_id.upper())

    assert office.ask(get_registry_status, request).registry_id == answer.registry_id


def test_an_unknown_registry_is_not_found(office):
    with pytest.raises(NotFound):
        office.status("R-404")


def test_the_registry_of_another_bank_is_not_found(office, accounts, stranger):
    answer = office.settled(office.line(1, accounts[0]))

    with pytest.raises(NotFound):
        office.status(answer.registry_id, stranger)
    with pytest.raises(NotFound):
        office.protocol(answer.hub_registry_id, sender=stranger)


def test_a_protocol_is_not_ready_until_all_is_done(office, accounts):
    answer = office.submit(
        office.registry(*[office.line(n, accounts[0], "1.00") for n in range(1, 251)])
    )
    with pytest.raises(errors.NotReady):
        office.protocol(answer.hub_registry_id)

    office.piece()

    with pytest.raises(errors.NotReady):
        office.protocol(answer.hub_registry_id)


def test_a_protocol_is_read_page_by_page(office, accounts):
    answer = office.settled(*[office.line(n * 3, accounts[0], "1.00") for n in range(1, 11)])

    first = office.protocol(answer.hub_registry_id, Page(limit=4))
    second = office.protocol(answer.hub_registry_id, Page(limit=4, cursor=first.next_cursor))
    third = office.protocol(answer.hub_registry_id, Page(limit=4, cursor=second.next_cursor))

    pages = [[line.line_no for line in page.line] for page in (first, second, third)]
    assert pages == [[3, 6, 9, 12], [15, 18, 21, 24], [27, 30]]
    assert third.next_cursor is None


def test_a_page_that_ends_with_the_protocol_is_the_last(office, accounts):
    answer = office.settled(*[office.line(n, accounts[0], "1.00") for n in range(1, 5)])

    assert office.protocol(answer.hub_registry_id, Page(limit=4)).next_cursor is None


@pytest.mark.parametrize("cursor", ["далее", "-1", "٣", "99999999999"])
def test_a_cursor_of_nobodys_making_is_refused(office, accounts, cursor):
    answer = office.settled(office.line(1, accounts[0]))

    with pytest.raises(ValidationError):
        office.protocol(answer.hub_registry_id, Page(limit=1, cursor=cursor))


def test_registries_are_listed_by_date(office, accounts):
    office.submit(office.registry(office.line(1, accounts[0])))
    office.submit(office.registry(office.line(2, accounts[0]), registry_date=date(2026, 3, 1)))
    office.submit(office.registry(office.line(3, accounts[0]), registry_date=date(2026, 2, 1)))

    listed = office.listed(period=Period(from_value=date(2026, 3, 1), to=date(2026, 3, 2)))

    assert [registry.registry_id for registry in listed.registry] == ["R-2", "R-1"]
    first = listed.registry[0]
    assert (first.count, first.total_amount) == (1, Decimal("100.00"))
    assert first.state is RegistryState.RECEIVED


def test_a_list_is_read_page_by_page(office, accounts):
    for number in range(1, 8):
        office.submit(office.registry(office.line(number, accounts[0])))

    seen, cursor = [], None
    for _ in range(3):
        listed = office.listed(page=Page(limit=3, cursor=cursor))
        seen += [registry.registry_id for registry in listed.registry]
        cursor = listed.next_cursor

    assert cursor is None
    assert sorted(seen) == [f"R-{number}" for number in range(1, 8)]


def test_a_list_may_be_narrowed_to_a_state(office, accounts):
    office.settled(office.line(1, accounts[0]))
    office.submit(office.registry(office.line(2, accounts[0])))

    listed = office.listed(state=RegistryState.RECEIVED)

    assert [registry.registry_id for registry in listed.registry] == ["R-2"]


def test_a_list_may_be_narrowed_to_an_organizer(office, accounts):
    office.submit(office.registry(office.line(1, accounts[0])))

    assert office.listed(organizer_inn="7200000025").registry == []
    assert len(office.listed(organizer_inn="7200000018").registry) == 1


def test_a_list_shows_only_the_banks_own(office, accounts, stranger):
    office.submit(office.registry(office.line(1, accounts[0])))

    assert office.listed(stranger).registry == []


def test_a_list_of_a_period_turned_round_is_refused(office):
    with pytest.raises(errors.PeriodInvalid):
        office.listed(period=Period(from_value=date(2026, 3, 2), to=date(2026, 3, 1)))


def test_a_list_cursor_of_nobodys_making_is_refused(office):
    with pytest.raises(ValidationError):
        office.listed(page=Page(limit=1, cursor="20261399zz"))
