"""What is stored as text is what the contract enumerates."""

import pytest

from adapters.bank import booking, bookkeeping
from adapters.bank.booking import Note
from adapters.bank.messages import LineResult, LineStatus
from adapters.bank.repository import proof
from gateway.contracts.messages.common import PaymentState


def test_every_result_of_the_contract_has_its_counter():
    assert set(bookkeeping._COUNTERS) == {result.value for result in LineResult}


@pytest.mark.parametrize("result", LineResult)
def test_the_proof_counts_a_result_where_booking_counts_it(result):
    counter = bookkeeping._COUNTERS[result.value]
    named = [name for name, results in proof._RESULTS.items() if f"'{result.value}'" in results]
    assert named == [counter]


def test_states_of_payments_are_those_of_the_contract():
    states = {booking.ACCEPTED, booking.CREDITED, booking.CANCELLED, booking.SUSPENSE}
    assert states <= {state.value for state in PaymentState}


def test_a_paid_line_is_called_as_in_the_contract():
    assert LineStatus.PAID.value == booking.PAID


@pytest.mark.parametrize("note", Note)
def test_every_note_fits_the_message_of_a_line(note):
    assert 1 <= len(note.value) <= 255
