"""What waits in columns is found again, ends in time, and makes room as ``flow.crowding`` says."""

from random import Random

import numpy as np
import pytest

from wiretruth.columns.attempts import ATTEMPT, hashes
from wiretruth.engine import attempts as room
from wiretruth.engine.attempts import Flood
from wiretruth.flow.crowding import Server, crowded_out
from wiretruth.flow.idle import IDLE_OTHERWISE
from wiretruth.flow.keys import Key

SYN = 2


def flood(servers: list[int], port: int = 25) -> Flood:
    """Keep an attempt at each of these servers, from a client of its own; the n-th is frame n."""
    made = Flood(1000)
    assert 0 == made.places.number("tap")
    rows = np.zeros(len(servers), ATTEMPT)
    numbers, ends, row = np.arange(len(servers)), rows["ends"], rows["row"]
    ends["client"][:, 1], ends["server"][:, 1] = 0x0A000000 + numbers, 0xC0000200 + np.array(servers)
    ends["client_port"], ends["server_port"], ends["version"] = 4000, port, 4
    row["number"], row["at"], row["seq"], row["port"], row["flags"] = numbers, numbers, 7 + numbers // 2, 4000, SYN
    half = len(servers) // 2
    for part in (rows[:half], rows[half:]):
        made.add(part, hashes(part["ends"]))
    return made


def key(client: int, server: int) -> Key:
    return "tap", f"10.0.0.{client}", 4000, f"192.0.2.{server}", 25


def ended(made: Flood) -> list[int]:
    return sorted(outline.serial - 1000 for outline in made.take_ended())


def test_each_is_found_once() -> None:
    made = flood([1, 2, 3, 1])

    assert (4, None, None) == (len(made), made.pop(key(0, 2)), made.pop(("else", *key(0, 1)[1:])))
    assert made.pop(key(0, 1)) is not None
    assert (3, None) == (len(made), made.pop(key(0, 1)))


def test_by_first_sequence_number() -> None:
    made = flood([1, 2, 3, 1])

    assert [key(0, 1), key(1, 2)] == sorted(made.named("tap", 7))
    made.pop(key(0, 1))
    assert ([key(1, 2)], [], []) == (made.named("tap", 7), made.named("else", 7), made.named("tap", 6))


def test_idle_ones_end() -> None:
    made = flood([1, 2, 3, 1])
    made.end_idle(IDLE_OTHERWISE + 2)

    assert (2, [0, 1]) == (len(made), ended(made))
    assert made.pop(key(3, 1)) is not None


@pytest.mark.parametrize("seed", range(20))
def test_room_is_made_as_elsewhere(seed: int) -> None:
    random = Random(seed)
    servers = [random.choice((1, 1, 1, 2, 3)) for _ in range(30)]
    others: dict[int, Server] = {n + 1030: ("tap", f"192.0.2.{random.choice((1, 4))}") for n in range(5)}
    made, excess = flood(servers), random.randrange(1, 40)
    expected = crowded_out({1000 + n: ("tap", f"192.0.2.{s}") for n, s in enumerate(servers)} | others, excess)

    found = made.crowded_out(others, excess)

    assert sorted(expected) == sorted([*found, *(1000 + n for n in ended(made))])


@pytest.mark.parametrize(("port", "dropped", "kept"), [(25, (2, 0), [1, 3, 4]), (443, (0, 3), [3, 4])])
def test_what_ended_is_bounded(
    port: int, dropped: tuple[int, int], kept: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MAX_SPEECHLESS", 3)
    monkeypatch.setattr(room, "MAX_OTHERS", 2)
    made = flood([1, 2, 1, 1, 1], port)
    made.end_all()

    assert (0, dropped, (0, 0), kept) == (len(made), made.take_dropped(), made.take_dropped(), ended(made))
