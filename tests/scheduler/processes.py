"""Scheduler processes of a script, to be killed; what they say is counted."""

import queue
import subprocess
import sys
import threading
import time
from collections import Counter

PATIENCE_SECONDS = 30


class Schedulers:
    """Processes of the script, named by their numbers; all end with the block."""

    def __init__(self, script, database, clock):
        self.started = time.time()
        self.clock = clock(self.started)
        url = database.url.render_as_string(hide_password=False)
        self.said = Counter()
        self._numbers = queue.Queue()
        self._script = subprocess.Popen(
            [sys.executable, str(script), url, str(self.started)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def start(self):
        self._script.stdin.write("\n")
        self._script.stdin.flush()
        return self._numbers.get(timeout=PATIENCE_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # The script ends with its input, the schedulers end with the script.
        self._script.stdin.close()
        self._script.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        self._script.stdout.close()

    def _read(self):
        for line in self._script.stdout:
            word, _, told = line.partition(" ")
            if word == "started":
                self._numbers.put(int(told))
            else:
                self.said[word] += 1


def wait_until(condition):
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
