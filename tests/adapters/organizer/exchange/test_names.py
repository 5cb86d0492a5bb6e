"""No answer of SVC-05 names anybody of the town (MEAL-ORG-03, MEAL-ADM-07)."""

from datetime import date

import town
from lxml import etree

from adapters.organizer.exchanging import SERVICE
from adapters.organizer.messages.organizer import BalanceLevel, OrderDetail, RequestDetail
from gateway.contracts.codec import encode
from gateway.contracts.messages.common import Period

from .conftest import REGISTRY, enter_payments

DAY = date(2026, 11, 16)
TODAY = Period(from_value=DAY, to=DAY)
ASKED = {
    "GetParentOrders": {"period": TODAY, "detail": OrderDetail.ACCOUNT},
    "GetOrderChanges": {"limit": 1000},
    "GetClassRequests": {"detail": RequestDetail.ACCOUNT},
    "GetActualMeals": {"date": DAY},
    "GetDebits": {"period": TODAY},
    "GetPayments": {"period": TODAY},
    "ListPaymentRegistries": {"period": TODAY},
    "GetPaymentRegistry": {"hub_registry_id": str(REGISTRY)},
    "GetBalances": {"level": BalanceLevel.ACCOUNT},
}
PEOPLE = (*town.PUPILS, *town.CHILDREN, *town.TEACHERS, *town.MEAL_ADMINS)


FILES = {"GetReport", "GetPrintForm"}
"""What is in their files is read in `tests/adapters/meals/reporting`."""


def test_every_reading_operation_is_asked():
    reading = {one.name for one in SERVICE.operations} - {"UpdateOrganization"}
    assert ASKED.keys() == reading - FILES


def test_no_answer_holds_a_name_of_the_town(debited):
    enter_payments(debited.night.database)
    words = {word for person in PEOPLE for word in person.name.split()}
    words |= {pupil.id for pupil in town.PUPILS} | {pupil.mask for pupil in town.PUPILS}
    for name, values in ASKED.items():
        text = etree.tostring(encode(debited.ask(name, **values)), encoding="unicode")
        assert len(text) > 200, name
        told = {word.strip() for part in text.split(">") for word in part.split("<")}
        spoken = {piece for word in told for piece in (word, *word.split())}
        assert not words & spoken, name
        assert town.MARIA.pchvr not in text or name == "GetDebits"
