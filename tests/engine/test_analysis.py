"""The same frames give the same report: however they are cut, whenever they are read, whatever the seed of the hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.stage import ONE, batches, busy, read, text
from tests.rules.packets import UDP, ip, udp
from tests.rules.scene import MTA, MX1, RESOLVER, SECOND, START, TAP, Frame, Scene
from tests.rules.session import Session
from wiretruth.engine import gathering, lookups, tally, vantages
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.pace import Pace
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.flow.fragments import Bound
from wiretruth.flow.table import TcpTable
from wiretruth.model.report import Report
from wiretruth.protocols.dns.lookups import LookupTable

BUSY = busy()
WHOLE = text(read(BUSY))


def test_the_stage_shows_something() -> None:
    report = read(BUSY)

    assert (6, 3, 4) == (report.connection_count, report.dialogue_count, report.lookup_count)
    assert len(report.findings) > 2


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_batches_of_any_size_give_the_same_report(size: int) -> None:
    assert WHOLE == text(read(BUSY, (size,)))


@settings(max_examples=max(settings().max_examples // 4, 15))  # each reads the whole scene
@given(st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_any_cutting_gives_the_same_report(sizes: list[int]) -> None:
    assert WHOLE == text(read(BUSY, sizes))


def test_the_seed_of_the_hashes_changes_nothing() -> None:
    """Sets are in another order in every process; a report must not be."""
    program = "from tests.engine.stage import busy, read, text; print(text(read(busy())))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert {f"{WHOLE}\n"} == told


def test_an_empty_run_is_a_report() -> None:
    report = Analysis().finish()

    assert ((), (), 0) == (report.inputs, report.findings, report.connection_count)


def test_an_empty_input_is_named() -> None:
    analysis = Analysis()
    analysis.open(TAP, "tap.pcap")
    analysis.close(Ending("pcap"))

    assert [("tap.pcap", 0, None)] == [(i.path, i.packets, i.first) for i in analysis.finish().inputs]


def analysed(scene: Scene) -> Analysis:
    """Begin to read a scene, as if live."""
    analysis = Analysis()
    analysis.open(TAP, "tap")
    for batch in batches(scene.frames[TAP], (1000,)):
        analysis.receive(batch)
    return analysis


def at_hand(analysis: Analysis) -> Reading:
    """Give the input that is being read."""
    assert analysis._reading is not None
    return analysis._reading


def ended(analysis: Analysis) -> Report:
    analysis.close(Ending("pcap"))
    return analysis.finish()


def test_time_that_passes_ends_lookups_and_connections() -> None:
    """Live and idle: silence becomes a statement when the engine is told the time, and only then."""
    scene = Scene()
    scene.ask("example.net", "MX")
    session = Session(scene)
    session.syn()
    analysis = analysed(scene)
    reading = at_hand(analysis)

    assert ([], 0) == (reading._lookups.lookups, len(reading._gathering.sightings()))
    analysis.advance(scene.now + 61 * SECOND)
    assert [61] == [round((x.waited_until - START) / SECOND) + 1 for x in reading._lookups.lookups]
    for seconds in (200, 230, 260):  # a single jump ahead may be a mad clock
        analysis.advance(scene.now + seconds * SECOND)
    assert 1 == len(reading._gathering.sightings())

    assert "dns-unanswered" in {f.code for f in ended(analysis).findings}


def first_fragment(identification: int) -> bytes:
    """The first 24 octets of a datagram, more to follow."""
    packet = ip(MTA, RESOLVER, UDP, udp((4000, 53), bytes(16)), ip_id=identification)
    return packet[:6] + b"\x20\x00" + packet[8:]


def test_time_that_passes_gives_up_fragments() -> None:
    scene = Scene()
    scene.put(first_fragment(1))
    analysis = analysed(scene)
    fragments = at_hand(analysis)._tap.fragments

    assert 0 == fragments.given_up.expired
    analysis.advance(scene.now + 31 * SECOND)
    assert 1 == fragments.given_up.expired


def test_time_before_any_input_is_harmless() -> None:
    analysis = Analysis()
    analysis.advance(START)

    assert 0 == analysis.finish().connection_count


def test_other_traffic_shows_that_the_vantage_was_watching() -> None:
    """A query, then only mail for a minute: nobody answered while somebody looked."""
    scene = Scene()
    scene.ask("example.net", "MX")
    scene.wait(30)
    Session(scene).connect()
    (lookup,) = read(scene, settings=Settings(every_lookup=True)).lookups

    assert 30 == round((lookup.nearest.waited_until - lookup.nearest.at) / SECOND)


def test_a_file_that_ended_was_watched_no_longer() -> None:
    """Reading a second, later file tells nothing of what the first one's vantage saw."""
    early, late = Scene(), Scene(now=START + 3600 * SECOND)
    early.ask("example.net", "MX")
    Session(late).delivers()
    both = Scene(frames={"early": early.frames[TAP], "late": late.frames[TAP]})
    (lookup,) = read(both, settings=Settings(every_lookup=True)).lookups

    assert lookup.nearest.at == lookup.nearest.waited_until


def evicted(report: Report) -> dict[str, int]:
    return dict(report.coverage.evicted)


def test_nothing_was_given_up_of_ordinary_traffic() -> None:
    assert {} == evicted(read(BUSY))


def flood() -> Scene:
    """SYNs, queries, fragments, other connections: enough of each to fill small tables."""
    scene = Scene()
    for n in range(20):
        Session(scene, f"198.51.100.{n}").syn()
        Session(scene, f"198.51.100.{n}", 443).connect().close()
        Session(scene, f"198.51.100.{n}", 53).connect()
        scene.ask(f"d{n}.example", "A")
        scene.put(first_fragment(n + 1))
        scene.put(b"\x45\x00\x00")
    return scene


def test_every_bound_that_was_reached_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_OTHERS", 5)
    monkeypatch.setattr(gathering, "MAX_SPEECHLESS", 5)
    monkeypatch.setattr(gathering, "MAX_HOSTS", 0)
    monkeypatch.setattr(lookups, "MAX_STREAMS", 5)
    monkeypatch.setattr(tally, "MAX_FAULTS", 5)
    scene = flood()
    analysis = Analysis()
    analysis.open(TAP, "tap")
    reading = at_hand(analysis)
    reading._tcp, reading._pace = TcpTable(30), Pace(20)
    reading._lookups.table = LookupTable(5)
    reading._tap.fragments._bound = Bound(datagrams=5)
    for batch in batches(scene.frames[TAP], (1000,)):
        analysis.receive(batch)
    report = ended(analysis)

    assert {
        "the table of connections under way",
        "the table of lookups under way",
        "the table of DNS connections over TCP",
        "the table of fragmented datagrams",
        "the list of connections that carried no mail",
        "the list of connections to mail ports without a dialogue",
        "the list of hosts that replies reach",
        "the list of damage",
    } == set(evicted(report))
    assert all(number > 0 for number in evicted(report).values())
    assert 60 == report.connection_count


def test_interfaces_beyond_the_bound_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vantages, "MAX_VANTAGES", 0)
    scene = Scene()
    Session(scene).connect()

    assert {"the list of interfaces": 3} == evicted(read(scene))


def test_frames_outside_the_window_are_passed_over() -> None:
    scene = Scene()
    Session(scene).delivers()
    frames = scene.frames[TAP]
    window = Settings(frames[3].at, frames[6].at)
    (told,) = read(scene, settings=window).inputs

    assert (4, frames[3].at, frames[6].at) == (told.packets, told.first, told.last)


def test_frame_numbers_are_those_of_the_file() -> None:
    scene = Scene()
    Session(scene).delivers()
    frames = scene.frames[TAP]
    (connection,) = read(scene, (3,), Settings(frames[5].at)).connections

    assert 6 == connection.nearest.opened.frame


@given(st.lists(st.binary(max_size=80), max_size=30), st.integers(0, 300))
def test_any_frames_at_all_raise_nothing(octets: list[bytes], link_type: int) -> None:
    interface = (type(ONE[0])(None, link_type, 0),)
    analysis = Analysis()
    analysis.open(TAP, "tap")
    for batch in batches([Frame(START + n, o, len(o)) for n, o in enumerate(octets)], (7,), interface):
        analysis.receive(batch)

    assert len(octets) == ended(analysis).inputs[0].packets


@settings(max_examples=max(settings().max_examples // 4, 15))  # likewise
@given(st.data())
def test_damaged_traffic_raises_nothing(data: st.DataObject) -> None:
    frames = []
    for frame in BUSY.frames[TAP]:
        octets = bytearray(frame.octets)
        if data.draw(st.booleans()):
            octets[data.draw(st.integers(0, len(octets) - 1))] ^= data.draw(st.integers(1, 255))
        frames.append(Frame(frame.at, bytes(octets[: data.draw(st.integers(1, len(octets)))]), frame.original))
    read(Scene(frames={TAP: frames}))


def test_snap_length_is_no_loss() -> None:
    """Octets that were seen to pass, cut: the capture says so, and silence still means something."""
    scene = Scene(snap=60)
    Session(scene).delivers()

    assert [0.0] == [i.loss for i in read(scene).inputs]
    assert MX1 == read(scene).connections[0].server.address
