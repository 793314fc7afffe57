"""Single SYNs, told apart exactly, whatever their hashes are."""

import numpy as np
import pytest

from tests.columns.lanes import batch_of
from tests.engine.unruly import Segment
from tests.rules.packets import ACK, RST, SYN
from wiretruth.columns import attempts as room
from wiretruth.columns.attempts import ENDS, Ends, attempts, by_server, ends, hashes, plain, same, single
from wiretruth.columns.grouping import Grouped, grouped
from wiretruth.columns.headers import headers

RAW = 101


def groups(*packets: tuple[str, str, int, int, int, bytes]) -> list[Grouped]:
    """Group segments: source, destination, their ports, flags, payload."""
    frames = [Segment((a, p), (b, q), 7, 0, flags, octets).octets() for a, b, p, q, flags, octets in packets]
    found = headers(batch_of(frames, (RAW,)))
    return grouped(found, np.arange(len(frames)), None)


def named(*servers: tuple[int, int, int]) -> Ends:
    """Give ends of which only the server matters: its address, the vantage and the version."""
    made = np.zeros(len(servers), ENDS)
    made["server"][:, 1], made["place"], made["version"] = np.array(servers).T
    return made


@pytest.mark.parametrize(
    ("flags", "octets", "expected"),
    [
        (SYN, b"", (True, True)),
        (SYN, b"x", (True, False)),
        (SYN | ACK, b"", (False, False)),
        (SYN | RST, b"", (False, False)),
        (ACK, b"", (False, False)),
    ],
)
def test_what_is_a_single_syn(flags: int, octets: bytes, expected: tuple[bool, bool]) -> None:
    (part,) = groups(("192.0.2.1", "192.0.2.2", 1234, 25, flags, octets))

    which = single(part)
    assert expected == (bool(which[0]), bool(plain(part, which)[0]))


@pytest.mark.parametrize(("one", "other"), [("192.0.2.1", "198.51.100.2"), ("2001:db8::9", "2001:db8::1")])
def test_both_ends_give_the_same_name(one: str, other: str) -> None:
    (asks,), (answers,) = groups((one, other, 1234, 25, SYN, b"")), groups((other, one, 25, 1234, SYN | ACK, b""))
    first, second, third = (ends(part, [3], None) for part in (asks, answers, asks))
    third["server_port"] = 26

    assert hashes(first) == hashes(second) != hashes(third)
    assert [True, False] == [bool(same(first, second)[0]), bool(same(first, third)[0])]
    row = attempts(asks, np.ones(1, np.bool_), first, 10)
    assert (10, 7, 1234) == (row["row"]["number"][0], row["row"]["seq"][0], row["row"]["port"][0])


@pytest.mark.parametrize("collide", [False, True])
def test_servers_come_together_newest_first(collide: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if collide:
        monkeypatch.setattr(room, "_end", lambda words, _: np.zeros(len(words), np.uint64))
    every = named((1, 0, 4), (2, 0, 4), (1, 0, 4), (1, 1, 4), (1, 0, 6), (2, 0, 4))

    order, starts = by_server(every, np.array([5, 6, 7, 8, 9, 10]))

    parts = [tuple(part.tolist()) for part in np.split(order, starts[1:])]
    assert {(2, 0), (5, 1), (3,), (4,)} == set(parts)
