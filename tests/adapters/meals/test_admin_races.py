"""Two processes decide about one school at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import town
from admin_counter import OPERATOR, AdminCounter, new_id

from adapters.meals import errors
from adapters.meals.messages import BindSchoolRequest, ContractType, SetCreditLimitRequest

DAY = date(2026, 11, 20)


@pytest.fixture
def counters(postgresql_contour_database, clock):
    """Two processes with one database."""
    clock.now = datetime(2026, 11, 16, 7, tzinfo=UTC)
    with postgresql_contour_database.writing() as transaction:
        town.settle(transaction)
    both = [AdminCounter(postgresql_contour_database, clock) for _ in range(2)]
    both[1].serials = iter(range(500, 600))
    return both


def at_once(counters, make):
    """Let each process send its message when both are ready; return answers and refusals."""
    ready = threading.Barrier(len(counters))

    def send(counter, request):
        ready.wait(timeout=30)
        try:
            return counter.send(request, OPERATOR)
        except errors.BindingOverlap as refusal:
            return refusal

    with ThreadPoolExecutor(len(counters)) as pool:
        return list(pool.map(send, counters, map(make, range(len(counters)))))


@pytest.mark.postgres
def test_one_of_two_bindings_of_a_building_is_refused(counters):
    contract = ContractType(number="ДП-3", date=DAY, menu_type_code=[town.BASIC])

    def bind(_):
        return BindSchoolRequest(
            bind_id=new_id(),
            school_code=town.SCHOOL_1.code,
            building_code="B",
            organizer_inn=town.INN,
            contract=contract,
            valid_from=DAY,
        )

    answers = at_once(counters, bind)
    refused = [one for one in answers if isinstance(one, errors.BindingOverlap)]
    (bound,) = [one for one in answers if one not in refused]
    assert refused[0].findings[0].value == bound.binding_id


@pytest.mark.postgres
def test_two_limits_have_two_versions(counters):
    def limit(number):
        day = DAY.replace(day=20 + number)
        return SetCreditLimitRequest(
            school_code=town.SCHOOL_1.code, amount=Decimal("50.00"), valid_from=day
        )

    assert {answer.version for answer in at_once(counters, limit)} == {2, 3}
