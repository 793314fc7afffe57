"""Which files are one input. What is not surely one stays apart: two places in one would be a false witness."""

from pathlib import Path

import pytest

from tests.cli import captures
from wiretruth.sources.files import CaptureSource
from wiretruth.sources.joining import JoinedSource
from wiretruth.sources.planning import Learnt, opened, planned

Files = dict[str, tuple[int, int]]
"""By name: seconds from the start to the first frame, and how many frames, one a second."""

TURNS: Files = {"m.pcap": (0, 3), "m.pcap1": (3, 3), "m.pcap2": (6, 3)}
ZONE = 3600
"""18:29:43 UTC in Vienna is 19:29:43."""


def stamped(*minutes: int) -> Files:
    return {f"m-20261120-19{29 + minute}43.pcap": (60 * minute, 3) for minute in minutes}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a closure
    monkeypatch.chdir(tmp_path)

    def written(files: Files) -> None:
        for name, (begin, frames) in files.items():
            captures.write(tmp_path / name, frames, captures.START + begin)

    return written


def plan(*arguments: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.label, one.paths) for one in planned(arguments)]


ONE = ("m", ("m.pcap", "m.pcap1", "m.pcap2"))


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        (TURNS, ("m.pcap", "m.pcap1", "m.pcap2"), [ONE]),
        (TURNS, ("m.pcap2", "m.pcap", "m.pcap1"), [ONE]),
        (TURNS, ("m.pcap*",), [ONE]),
        (TURNS, ("lan=m.pcap*",), [("lan", ONE[1])]),
        (TURNS, ("lan=m.pcap", "lan=m.pcap1"), [("lan", ONE[1][:2])]),
        (TURNS, ("lan=m.pcap", "wan=m.pcap1"), [("lan", ("m.pcap",)), ("wan", ("m.pcap1",))]),
        (TURNS, ("m.pcap", "m.pcap2"), [("m", ("m.pcap",)), ("m.pcap2", ("m.pcap2",))]),
        ({"r.pcap0": (6, 3), "r.pcap1": (0, 3), "r.pcap2": (3, 3)}, ("r.pcap*",), [("r", ("r.pcap1", "r.pcap2", "r.pcap0"))]),
        (stamped(0, 1, 2), ("m*",), [("m", tuple(stamped(0, 1, 2)))]),
        (stamped(0, 1, 3), ("m*",), [("m", tuple(stamped(0, 1))), ("m-20261120-193243", tuple(stamped(3)))]),
        (stamped(0, 1), ("m*",), [(name.removesuffix(".pcap"), (name,)) for name in stamped(0, 1)]),
        ({"a1.pcap": (0, 3), "a2.pcap": (3, 3)}, ("a1.pcap", "a2.pcap"), [("a1", ("a1.pcap",)), ("a2", ("a2.pcap",))]),
        ({"eth0": (0, 3), "eth1": (3, 3)}, ("eth0", "eth1"), [("eth0", ("eth0",)), ("eth1", ("eth1",))]),
        ({"a1.pcap": (0, 3), "a2.pcap": (1, 3)}, ("x=a1.pcap", "x=a2.pcap"), [("x", ("a1.pcap", "a2.pcap"))]),
        ({"a1.pcap": (0, 3), "a2.pcap": (60, 3)}, ("x=a?.pcap",), [("x", ("a1.pcap",)), ("x-2", ("a2.pcap",))]),
        ({**TURNS, "m.pcap3": (0, 0)}, ("m.pcap*",), [("m", (*ONE[1], "m.pcap3"))]),
        (TURNS, ("m.pcap", "m.pcap"), [("m", ("m.pcap",))]),
    ],
)  # fmt: skip
def test_plan(files: Files, arguments: tuple[str, ...], expected: list[tuple[str, tuple[str, ...]]], write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Order is that of time; where a file is missing, another input begins."""
    write(files)

    assert expected == plan(*arguments)


def test_other_link_type_is_another_place(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    write(TURNS)
    octets = bytearray((tmp_path / "m.pcap1").read_bytes())
    octets[20] = 113
    (tmp_path / "m.pcap1").write_bytes(octets)

    assert [("m", ("m.pcap",)), ("m.pcap2", ("m.pcap2",)), ("m.pcap1", ("m.pcap1",))] == plan("m.pcap*")


def test_what_turned_out_to_overlap_stays_apart(write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    write(TURNS)

    assert 3 == len(planned(["m.pcap*"], Learnt(overlapping=frozenset({"m.pcap1"}))))
    assert [2, 1] == [len(one.paths) for one in planned(["m.pcap*"], Learnt(broken=frozenset({"m.pcap1"})))]


def test_plan_is_opened(write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    write(TURNS)
    [one] = planned(["m.pcap*"])

    with opened(one) as joined, opened(one._replace(parts=(), path="m.pcap")) as alone:
        assert isinstance(joined, JoinedSource)
        assert isinstance(alone, CaptureSource)
