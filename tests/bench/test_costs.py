"""What is said to have been used was used."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from bench.costs import Command, CommandError, cost


def python(program: str) -> Command:
    return [sys.executable, "-c", program]


SPIN = "import time\nwhile time.process_time() < 0.3: pass"


def test_processor_time_of_a_pipe_is_added_up() -> None:
    assert 0.6 <= cost([python(SPIN), python(SPIN)]).cpu < 2


def test_sleep_costs_wall_time_only() -> None:
    slept = cost([python("import time; time.sleep(0.4)")])

    assert slept.wall >= 0.4
    assert slept.cpu < 0.4


def test_peak_of_memory_is_seen_even_when_given_back() -> None:
    assert 200 < cost([python("b'x' * (200 << 20)")]).peak < 300


def test_each_reads_what_the_one_before_writes() -> None:
    sends = python("print('ninety-nine')")
    checks = python("import sys; sys.exit(sys.stdin.read() != 'ninety-nine\\n')")

    assert cost([sends, checks]).wall > 0


def test_failure_is_its_last_word() -> None:
    with pytest.raises(CommandError, match=r"^no such capture$"):
        cost([python("import sys; sys.exit('reading\\nno such capture')"), python("")])


def test_nothing_outlives_an_interruption(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a run ends what is being measured."""
    mark = tmp_path / "pid"
    writes = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    before = signal.signal(signal.SIGUSR1, signal.default_int_handler)
    interrupt = threading.Timer(1, signal.pthread_kill, [threading.get_ident(), signal.SIGUSR1])
    interrupt.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            cost([python(writes)])
    finally:
        interrupt.join()
        signal.signal(signal.SIGUSR1, before)

    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_failure_without_a_word_is_its_status() -> None:
    with pytest.raises(CommandError, match=r"status \[3\]"):
        cost([python("import sys; sys.exit(3)")])
