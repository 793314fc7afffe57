"""Outlines are found by key and by number, and forgotten with both."""

from tests.flow.cable import Cable
from tests.flow.test_outline import sketch
from wiretruth.flow.conversation import Key
from wiretruth.flow.outline import MAX_ROWS
from wiretruth.flow.outlines import Outlines


def key(port: int, vantage: str = "mta") -> Key:
    return (vantage, "192.0.2.1", port, "198.51.100.10", 25)


def kept(*keys: Key) -> Outlines:
    made = Outlines()
    for one in keys:
        cable = Cable()
        cable.c("S")
        assert made.add(sketch(cable.packets)._replace(key=one))
    return made


def test_by_number_at_its_vantage() -> None:
    made = kept(key(1), key(2), key(3, "lan"))

    assert {key(1), key(2)} == set(made.named("mta", 1000))
    assert [key(3, "lan")] == made.named("lan", 1000)
    assert [] == made.named("mta", 1001)


def test_forgotten() -> None:
    made = kept(key(1), key(2))
    popped = [made.pop(key(n)) is not None for n in (1, 2, 2)]

    assert ([True, True, False], 0, []) == (popped, len(made), made.named("mta", 1000))
    assert ({}, {}) == (made._rows, made._by_isn)


def test_a_second_syn_and_too_many_rows_are_refused() -> None:
    made, syn, end = kept(key(1)), Cable(), Cable()
    syn.c("S")
    end.c("R")

    assert not made.add(sketch(syn.packets)._replace(key=key(1)))
    assert [True] * (MAX_ROWS - 1) + [False] == [
        made.add(sketch(end.packets)._replace(key=key(1))) for _ in range(MAX_ROWS)
    ]
