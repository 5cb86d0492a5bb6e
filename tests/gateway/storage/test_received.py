import fcntl

import pytest

from gateway.storage import received
from gateway.storage.received import ReceivedLog, abandoned, read_marks
from gateway.storage.types import instant_text


@pytest.fixture
def log(tmp_path):
    made = ReceivedLog(tmp_path, strand=3)
    yield made
    made.close()


def test_marks_of_a_living_process_are_not_abandoned(log, tmp_path, clock):
    log.mark(3 << 32 | 1, clock.now, "10.0.0.1", "/test/ws/meals/bank-payment/1.0", 665)
    assert list(abandoned(tmp_path)) == []


def test_marks_of_a_dead_process_tell_what_it_received(log, tmp_path, clock):
    log.mark(3 << 32 | 1, clock.now, "10.0.0.1", "/test/ws/meals/bank-payment/1.0", 665)
    log.close()
    ((mark,),) = (list(read_marks(path)) for path in abandoned(tmp_path))
    assert (mark.entry, mark.remote, mark.size) == (3 << 32 | 1, "10.0.0.1", 665)


def test_a_segment_removed_before_its_lock_is_made_again(tmp_path, clock, monkeypatch):
    """Another process may settle the folder in the moment between opening and locking."""
    lock = fcntl.flock
    removed = []

    def lock_after_somebody_settled(descriptor, operation):
        if operation == fcntl.LOCK_EX and not removed:
            for path in abandoned(tmp_path):
                removed.append(path)
                path.unlink()
        lock(descriptor, operation)

    monkeypatch.setattr(received.fcntl, "flock", lock_after_somebody_settled)
    log = ReceivedLog(tmp_path, strand=3)
    log.mark(3 << 32 | 1, clock.now, "10.0.0.1", "/test", 1)
    log.close()
    assert removed
    assert [mark.entry for path in abandoned(tmp_path) for mark in read_marks(path)] == [
        3 << 32 | 1
    ]


@pytest.mark.parametrize("length", range(60))
def test_a_mark_cut_anywhere_has_a_whole_moment_or_none(log, tmp_path, clock, length):
    log.mark(5, clock.now, "127.0.0.1", "/test", 17)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:length])
    for mark in read_marks(path):
        assert mark.received_at in {"", instant_text(clock.now)}
