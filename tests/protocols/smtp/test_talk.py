"""What is kept of a dialogue says the same as the dialogue, whenever it is told."""

from random import Random

import pytest

from tests.engine.polite import dialogue, misspoken
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.talk import MAX_OCTETS, Talk

Pieces = list[tuple[bool, bytes, list[int], list[tuple[int, int]]]]


def candidate() -> Candidate:
    return Candidate(7, "tap", Endpoint("192.0.2.5", 40_000), Endpoint("198.51.100.10", 25), 1, frame=1, digests=False)


def pieces(random: Random, said: list[tuple[bool, bytes]]) -> Pieces:
    """Cut what is said into segments, and these into batches."""
    found: Pieces = []
    frame = 1
    for from_client, octets in said:
        size = random.choice((len(octets), 7, 100, 1000))
        segments = [octets[start : start + size] for start in range(0, len(octets), size)]
        while segments:
            some = segments[: random.choice((1, 3, 1000))]
            del segments[: len(some)]
            ends = [sum(map(len, some[: n + 1])) for n in range(len(some))]
            found.append((from_client, b"".join(some), ends, [(frame + n, frame + n) for n in range(1, len(some) + 1)]))
            frame += len(some)
    return found


def at_length(told: Pieces) -> Dialogue | None:
    reader = candidate()
    for from_client, octets, ends, marks in told:
        reader.receive_run(from_client, octets, ends, [Mark(*mark) for mark in marks])
    return reader.finish(0)


@pytest.mark.parametrize("seed", range(200))
def test_a_dialogue_told_later(seed: int) -> None:
    """At any time, or as soon as something unusual is said; the rest is said to who reads at length."""
    random = Random(seed)
    said = dialogue(random, seed)
    if seed % 2:
        said = misspoken(random, said)
    told = pieces(random, said)
    stop = random.choice((len(told), random.randrange(len(told) + 1)))
    talk, taken = Talk(), 0
    for piece in told[:stop]:
        if not talk.hear(*piece):
            break
        taken += 1
    reader = candidate()
    talk.tell(reader)
    for from_client, octets, ends, marks in told[taken:]:
        reader.receive_run(from_client, octets, ends, [Mark(*mark) for mark in marks])

    assert at_length(told) == reader.finish(0)


def test_facts_of_a_whole_dialogue() -> None:
    talk = Talk()
    for from_client, octets in dialogue(Random(3), 3):
        assert talk.hear(from_client, octets, [len(octets)], [(1, 1)])
    facts = talk.finish()

    assert facts is not None
    assert facts.recipients[0] == b"b0@d3.example"
    assert facts.greeting == b"220 mx.d3.example ESMTP\r\n"
    assert talk.recalled == [b"221 2.0.0 Bye\r\n", b"QUIT\r\n"] or talk.recalled[1].endswith(b"QUIT\r\n")


def test_the_server_begins() -> None:
    assert not Talk().hear(True, b"EHLO mta\r\n", [10], [(1, 1)])


def test_a_flood_is_not_kept() -> None:
    talk = Talk()

    assert talk.hear(False, b"x" * MAX_OCTETS, [MAX_OCTETS], [(1, 1)])
    assert not talk.hear(False, b"x", [1], [(2, 2)])
    assert not talk.hear(True, b"x", [1], [(2, 2)])
