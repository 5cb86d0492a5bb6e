"""One rule of compensation, written in Python and in SQL: both give the same kopecks."""

from decimal import Decimal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from proofs import examples

from adapters.meals.prices import Compensation, price
from adapters.meals.repository.menu import DISCOUNT
from gateway.contracts.messages.common import CompensationMode
from gateway.kernel.money import to_roubles
from gateway.storage.query import Query

_BY_SQL = Query(
    f"""
    SELECT {DISCOUNT} FROM (SELECT CAST(:full AS bigint) AS full_price) AS x
    CROSS JOIN (SELECT CAST(:own_mode AS text) AS mode, CAST(:own AS bigint) AS value) AS own
    CROSS JOIN (SELECT CAST(:every_mode AS text) AS mode, CAST(:every AS bigint) AS value) AS every
    """
)
MANY = settings(
    max_examples=examples(suite=100, proofs=300),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
prices = st.integers(0, 99_999_99)
rules = st.one_of(
    st.just((CompensationMode.FULL, None)),
    st.tuples(st.just(CompensationMode.PERCENT), st.integers(0, 100_00)),
    st.tuples(st.just(CompensationMode.AMOUNT), prices),
)


@MANY
@given(full=prices, own=st.none() | rules, every=st.none() | rules)
@example(full=95_55, own=None, every=(CompensationMode.PERCENT, 50_00))
@example(full=1, own=(CompensationMode.PERCENT, 50_00), every=None)
def test_the_discount_of_sql_is_that_of_python(contour_database, full, own, every):
    own_mode, own_value = own or (None, None)
    every_mode, every_value = every or (None, None)
    with contour_database.reading() as transaction:
        ((by_sql,),) = transaction.rows(
            _BY_SQL,
            full=full,
            own_mode=own_mode and own_mode.value,
            own=own_value,
            every_mode=every_mode and every_mode.value,
            every=every_value,
        )
    rule = own or every
    expected = price(to_roubles(full), None if rule is None else _compensation(*rule))
    assert to_roubles(int(by_sql)) == expected.discount
    assert expected.to_pay >= 0


def _compensation(mode: CompensationMode, value: int | None) -> Compensation:
    return Compensation(mode, None if value is None else Decimal(value) / 100)
