"""A batch outlives the process that works on it, and two processes do not spoil it."""

import pytest
import town

from adapters.organizer.processing import ImportQueue
from adapters.organizer.staging import open_rows
from gateway.kernel.errors import Internal


def test_a_process_killed_after_any_piece_leaves_the_same_results(kitchen, write_file):
    rows = [kitchen.complex(f"OBED-{number}") for number in range(10)]
    rows[9] = kitchen.complex("OBED-0")
    receipt = kitchen.hand_in_file(write_file(*rows))

    while kitchen.piece():
        kitchen.restart()

    assert kitchen.results(receipt) == ["REJECTED", *["CREATED"] * 8, "REJECTED"]
    assert len(kitchen.catalogue().complex) == 8


def test_a_second_process_leaves_a_leased_batch_alone(kitchen):
    kitchen.hand_in(*[kitchen.complex(f"OBED-{number}") for number in range(10)])
    kitchen.piece()

    other = ImportQueue(open_rows)

    assert other.run(kitchen.context, kitchen.clock()) is False


def test_batches_of_two_organizers_take_turns(kitchen):
    long = kitchen.hand_in(*[kitchen.complex(f"OBED-{number}") for number in range(30)])
    short = kitchen.hand_in_dishes(kitchen.dish(), sender=town.OTHER_ORGANIZER)
    for _ in range(6):
        kitchen.piece()

    assert kitchen.result(short, sender=town.OTHER_ORGANIZER).state.value == "DONE"
    assert kitchen.result(long).state.value == "PROCESSING"


def test_an_error_of_ours_puts_a_batch_off_and_does_not_lose_it(kitchen):
    receipt = kitchen.hand_in(kitchen.complex())

    def fail(*_):
        raise Internal

    kitchen.queue = ImportQueue(fail)
    with pytest.raises(Internal):
        kitchen.piece()
    kitchen.restart()
    kitchen.clock.advance(minutes=1)

    assert kitchen.results(receipt) == ["CREATED"]


def test_a_file_is_opened_twice_for_all_its_pieces(kitchen, write_file):
    opened = []

    def open_counted(context, batch, after):
        opened.append(after)
        return open_rows(context, batch, after)

    kitchen.queue = ImportQueue(open_counted)
    kitchen.hand_in_file(write_file(*[kitchen.complex(f"OBED-{n}") for n in range(20)]))
    kitchen.process()

    assert opened == [0, 0]
