"""What is refused before anything is opened, and what must belong to whom."""

from pathlib import Path

import pytest

from wiretruth.cli import _opening
from wiretruth.cli._listening import Named
from wiretruth.cli._opening import Wanted
from wiretruth.errors import WiretruthError
from wiretruth.live.bpf import decoded
from wiretruth.live.recording import Bounds
from wiretruth.model.finding import Severity

INFO = Severity.INFO
WANTED = Wanted(
    interfaces=("any",), expression=None, ports=(), duration=1.0, form="text", least=INFO, report=True, screen=False,
    hosts=(), named=Named(), record=None, bounds=Bounds(), store=None, store_age=1.0, metrics=None, on_finding=None,
    alarm_on=INFO, user=None, fail_on="warning",
)  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"interfaces": ("none0",)}, "there is no interface"),
        ({"ports": tuple(range(1, 40))}, "at most"),
        ({"expression": "port 25", "ports": (26,)}, "takes its place"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(WiretruthError, match=words):
        _opening.watch(WANTED._replace(**wrong))  # type: ignore[arg-type]  # any field


def test_the_filter_follows_the_interfaces() -> None:
    program = _opening._program(WANTED)
    every, some = decoded(program(())), decoded(program((3, 4)))

    assert len(some) == len(every) + 3


def test_a_users_filter_is_compiled_once() -> None:
    program = _opening._program(WANTED._replace(expression=""))

    assert decoded(program(()))[-1] == (0x06, 0, 0, 0x40000)


def test_only_what_is_ours_changes_its_owner(tmp_path: Path) -> None:
    """Never the folder of a store: it may hold anything."""
    (tmp_path / "store.db").touch()
    (tmp_path / "packets").mkdir()
    wanted = WANTED._replace(store=tmp_path / "store.db", record=tmp_path / "packets")

    assert [tmp_path / "packets", tmp_path / "store.db"] == _opening._owned(wanted)
    assert [] == _opening._owned(WANTED)
