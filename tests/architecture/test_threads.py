"""Our threads keep clear of what Thread keeps for itself, whatever the Python."""

import threading

import pytest

from gateway.pipeline.writer import Writer
from scheduler.runner import Queue


@pytest.mark.parametrize("ours", [Writer, Queue])
def test_no_method_shares_its_name_with_the_private_state_of_a_thread(ours):
    # Python 3.13 gave Thread a `_handle`, which hid a method of the writer.
    private = {
        name for name in (*dir(threading.Thread), *vars(threading.Thread())) if name[0] == "_"
    }
    own = {name for name in vars(ours) if not name.startswith("__")}
    assert not own & private
