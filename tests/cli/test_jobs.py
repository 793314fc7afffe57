"""Captures read at the same time: the same results, the same error, and nobody left behind."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from tests.cli import captures
from wiretruth.cli import _jobs
from wiretruth.cli._jobs import Tell, each
from wiretruth.cli._progress import Progress
from wiretruth.cli._reading import Wanted, read
from wiretruth.cli._window import Window, parse
from wiretruth.errors import InputError
from wiretruth.reports import json
from wiretruth.reports._options import Options
from wiretruth.sources.arguments import InputArgument

PCAPS = Path(__file__).parents[2] / "pcaps"
EVERY = 12
ARGUMENTS = [InputArgument(f"tap{n}", f"{n}.pcap") for n in range(5)]


def unheard(octets: int) -> None:
    """Take no notice of progress."""


def slowest_first(place: int, argument: InputArgument, tell: Tell) -> tuple[int, str]:
    time.sleep(0.05 * (len(ARGUMENTS) - place))
    tell(place)
    return place, argument.label


def failing_behind_the_first(place: int, argument: InputArgument, tell: Tell) -> int:
    time.sleep(0 if place == 3 else 0.2)
    if place:
        raise InputError(argument.path, "is no capture")
    tell(1)
    return place


def killed(place: int, argument: InputArgument, tell: Tell) -> int:
    tell(place)
    os.kill(os.getpid(), signal.SIGKILL)
    return len(argument.path)


@pytest.mark.parametrize("jobs", [1, 2, 5, 9])
def test_results_come_in_the_order_of_the_captures(jobs: int) -> None:
    heard: list[int] = []

    assert [(n, f"tap{n}") for n in range(5)] == each(slowest_first, ARGUMENTS, jobs, heard.append)
    assert (10, True) == (heard[-1], heard == sorted(heard))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_first_failure_in_the_order_of_the_captures_is_told(jobs: int) -> None:
    with pytest.raises(InputError, match=r"^1\.pcap: is no capture$"):
        each(failing_behind_the_first, ARGUMENTS, jobs, unheard)
    assert [] == multiprocessing.active_children()


def test_a_killed_process_is_told_in_one_line() -> None:
    with pytest.raises(InputError, match=r"^0\.pcap: was not read to its end: .* was killed; try --jobs 1$"):
        each(killed, ARGUMENTS[:1], 2, unheard)


def test_no_process_is_left_behind_by_whoever_stops_listening() -> None:
    def stop(octets: int) -> None:
        raise KeyboardInterrupt(octets)

    with pytest.raises(KeyboardInterrupt):
        each(slowest_first, ARGUMENTS, 2, stop)
    assert [] == multiprocessing.active_children()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(None, 1), (1, 1), (2, 2), (8, 2)],
    ids=["small captures", "one", "two", "more than captures"],
)
def test_how_many(asked: int | None, expected: int, tmp_path: Path) -> None:
    arguments = [InputArgument(name, captures.write(tmp_path / name)) for name in ("a", "b")]

    assert expected == _jobs.count(asked, arguments)
    assert 1 == _jobs.count(asked, [*arguments, InputArgument("stdin", "-")])


def test_big_captures_are_read_by_every_processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_jobs, "WORTHWHILE", 100)
    arguments = [InputArgument(name, captures.write(tmp_path / name)) for name in ("a", "b")]

    assert min(2, os.cpu_count() or 1) >= _jobs.count(None, arguments) >= 1


def groups() -> list[list[str]]:
    """Give some of the cases that have several captures, and one mixture: each costs the start of five processes."""
    cases = sorted({path.parent for path in PCAPS.glob("*/*.pcap*")})
    several = [sorted(map(str, case.glob("*.pcap*"))) for case in cases]
    mixture = [paths[0] for paths in several[:7]]
    return [*[paths for paths in several if len(paths) > 1][::EVERY], mixture]


def test_the_report_of_any_number_of_jobs_is_the_same() -> None:
    options = Options(records=frozenset({"connections", "dialogues", "lookups", "deliveries"}))
    assert len(groups()) > 1
    for paths in groups():
        reports = [
            list(json.render(read(paths, Wanted(every_connection=True), Progress(wanted=False), jobs), options))
            for jobs in (1, 2, 3)
        ]
        assert reports[:1] * 2 == reports[1:], paths


def test_an_undated_window_is_of_the_first_capture_s_day_for_all(tmp_path: Path) -> None:
    first = captures.write(tmp_path / "a.pcap", 10)
    second = captures.write(tmp_path / "b.pcap", 10, captures.START + 86_400)
    wanted = Wanted(Window(parse("18:29:45"), None))

    one, two = (read([first, second], wanted, Progress(wanted=False), jobs) for jobs in (1, 2))

    assert [8, 10] == [source.packets for source in one.inputs]
    assert one == two


def test_a_capture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    first, missing = captures.write(tmp_path / "a.pcap"), str(tmp_path / "missing.pcap")

    with pytest.raises(InputError, match=r"missing\.pcap"):
        read([first, missing, first], Wanted(), Progress(wanted=False), 2)
