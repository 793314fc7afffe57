"""A flood of SYNs waits in columns, and the report is the one of the slow lane; nobody else's attempt is lost in it."""

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.stage import batches, text
from tests.engine.unruly import Segment, unruly
from tests.rules.packets import ACK, RST, SYN, icmp_error
from tests.rules.scene import Frame
from wiretruth.engine import attempts as attempts_room
from wiretruth.engine import flooding as flooding_room
from wiretruth.engine import gathering as gathering_room
from wiretruth.engine import tap as tap_room
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.pace import Pace
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.report import Report

SLOW, FAST = Settings(frame_by_frame=True), Settings()
SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=5)
START = 1_700_000_000 * NANOSECONDS
STEPS = (0, 1, 7000, 400_000_000, NANOSECONDS, 70 * NANOSECONDS, 125 * NANOSECONDS)
SERVERS = ("192.0.2.25", "192.0.2.26", "2001:db8::25")


@pytest.fixture(autouse=True, scope="module")
def _everything_is_big() -> Iterable[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tap_room, "WORTHWHILE", 1)
        patch.setattr(tap_room, "WORTH_LOADING", 1)
        patch.setattr(flooding_room, "FLOOD", 1)
        for room in (gathering_room, attempts_room):
            patch.setattr(room, "MAX_SPEECHLESS", 12)
            patch.setattr(room, "MAX_OTHERS", 5)
        yield


def read(frames: list[Frame], sizes: Iterable[int], pace: int, limit: int, chosen: Settings) -> Report:
    """Read frames in batches of these sizes; no more than *limit* connections are under way after a pause."""
    analysis = Analysis(chosen)
    analysis.open("tap", "tap.pcap")
    assert analysis._reading is not None
    analysis._reading._pace = Pace(pace)
    analysis._reading._tcp._limit = limit
    for batch in batches(frames, sizes):
        analysis.receive(batch)
    analysis.close(Ending("pcap"))
    return analysis.finish()


def syn(client: str, port: int, server: str, server_port: int = 25, isn: int = 1000) -> Segment:
    return Segment((client, port), (server, server_port), isn, 0, SYN)


def flood(random: Random, count: int) -> list[Frame]:
    """SYNs, some of them repeated, answered, refused, rejected or followed by more from the same port."""
    at, frames, asked = START, list[Frame](), list[Segment]()
    for _ in range(count):
        at += random.choice(STEPS[:4] if random.random() < 0.97 else STEPS)
        draw, segment = random.random(), _syn(random)
        if asked and draw < 0.3:
            segment = random.choice(asked)
            answer = Segment(segment.destination, segment.source, 7, segment.seq + 1, SYN | ACK)
            segment = random.choice(
                (segment, answer, answer, Segment(segment.destination, segment.source, 0, segment.seq + 1, RST | ACK))
            )
        elif asked and draw < 0.35:
            octets = random.choice(asked).octets()
            six = octets[0] >> 4 == 6
            error = icmp_error("2001:db8::1" if six else "203.0.113.1", octets, *((1, 4) if six else (3, 13)))
            frames.append(Frame(at, error, len(error)))
            continue
        else:
            asked.append(segment)
        segment.ip_id = random.choice((0, 1, random.randrange(1 << 16)))
        octets = segment.octets()
        frames.append(Frame(at, octets, len(octets)))
    return frames


def _syn(random: Random) -> Segment:
    server = random.choice((SERVERS[0], *SERVERS))
    client = f"2001:db8::9:{random.randrange(4)}" if ":" in server else f"198.51.100.{random.randrange(4)}"
    port, number = random.choice((25, 25, 25, 53, 443)), random.choice((5, random.randrange(1 << 32)))
    return syn(client, 30_000 + random.randrange(100), server, port, number)


@settings(max_examples=max(settings().max_examples // 10, 8))  # each reads three times
@given(st.integers(0, 1 << 32), SIZES, st.sampled_from([7, 50, 1 << 16]), st.sampled_from([3, 20, 1000]))
def test_both_lanes_agree_on_floods(seed: int, sizes: list[int], pace: int, limit: int) -> None:
    random = Random(seed)
    frames = flood(random, 150)
    if random.random() < 0.5:
        frames = sorted([*frames, *unruly(seed)], key=lambda frame: frame.at)
    slow = text(read(frames, (1 << 20,), pace, limit, SLOW))

    assert slow == text(read(frames, sizes, pace, limit, FAST))
    assert slow == text(read(frames, (1 << 20,), pace, limit, FAST))


@pytest.mark.parametrize("chosen", [SLOW, FAST])
@pytest.mark.parametrize("answered", [False, True])
def test_an_attempt_at_another_server_survives_a_flood(chosen: Settings, answered: bool) -> None:
    """The SYN is sent four times, thousands of others between; it is one attempt, and not lost."""
    mine, frames = syn("198.51.100.7", 40_000, "203.0.113.9", isn=77), list[Frame]()
    for n in range(4000):
        segment = mine if n % 1000 == 500 else syn(f"10.0.{n >> 8}.{n & 255}", 1024 + n, SERVERS[0], isn=n * 7919)
        segment.ip_id = n
        if answered and n == 3600:
            segment = Segment(mine.destination, mine.source, 5, mine.seq + 1, SYN | ACK)
        octets = segment.octets()
        frames.append(Frame(START + n * 7_000_000, octets, len(octets)))

    report = read(frames, (300,), 200, 50, chosen)
    (found,) = [c for c in report.connections if c.server.address == "203.0.113.9"]
    (sighting,) = found.sightings
    assert (4, int(answered)) == (sighting.syn_count, sighting.syn_ack_count)
    told = [finding.code for finding in report.findings if "203.0.113.9" in finding.summary]
    assert [] == told if answered else ["connect-blackholed"] == told
