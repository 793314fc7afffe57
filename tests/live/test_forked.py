"""Work on a copy of the process: what it does to its memory is not seen here, and what it found is."""

import os
import signal
import time
from typing import Any

from wiretruth.live.forked import Done, Forked


def done(forked: Forked) -> Done:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = forked.poll()
        if found is not None:
            return found
        time.sleep(0.01)
    raise TimeoutError


def test_the_original_is_not_changed() -> None:
    table = {"kept": 1}
    forked = Forked()
    forked.start(table.popitem)

    assert ("kept", 1) == done(forked).result
    assert {"kept": 1} == table
    assert not forked.running


def test_large_results_come_whole() -> None:
    forked = Forked()
    forked.start(lambda: bytes(5_000_000))

    assert 5_000_000 == len(done(forked).result)


def test_a_copy_that_fails_is_told() -> None:
    def fails() -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    forked = Forked()
    forked.start(fails)
    found = done(forked)

    assert found.result is None
    assert "-9" in found.problem


def test_a_copy_that_takes_too_long_is_ended() -> None:
    forked = Forked(patience=0.1)
    forked.start(lambda: time.sleep(60))

    assert done(forked).result is None


def test_a_copy_may_be_stopped() -> None:
    forked = Forked()
    forked.start(lambda: time.sleep(60))
    forked.stop()

    assert not forked.running
    assert forked.poll() is None


def test_its_cost_is_known() -> None:
    forked = Forked()
    forked.start(lambda: sum(range(3_000_000)))

    assert done(forked).seconds > 0.01
