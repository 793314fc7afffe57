"""What was told is read at a glance as it is read at length."""

from collections.abc import Callable

import pytest

from tests.engine.stage import batches
from tests.rules.scene import Scene
from wiretruth.engine import tap as tap_room
from wiretruth.engine.reading import Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.told_names import AAAA, A, ToldNames, packed, text, wire
from wiretruth.engine.yielded import Ending, every_lookup
from wiretruth.model.frames import NANOSECONDS

CLIENT, SERVER = packed("10.10.0.5"), packed("203.0.113.20")
DOMAIN, HOST = b"\x07example\x03net\0", b"\x02mx\x07example\x03net\0"


@pytest.fixture(autouse=True)
def _every_batch_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap_room, "WORTHWHILE", 1)
    monkeypatch.setattr(tap_room, "WORTH_LOADING", 1)


def both(scene: Scene) -> tuple[ToldNames, ToldNames]:
    """Read what a scene tells at a glance, and at length."""
    reading = Reading(Settings(), "tap", "tap.pcap", 0)
    for batch in batches(scene.frames["tap"], (1 << 20,)):
        reading.receive(batch)
    read = reading.finish(Ending("pcap"))
    glance, length = ToldNames(), ToldNames()
    glance.read(read.plain, read.lookups)
    length.read(None, list(every_lookup(read)))
    return glance, length


def usual(scene: Scene, ttl: int = 300) -> None:
    scene.told("Example.NET", "MX", "10 mx.example.net.", ttl=ttl)
    scene.told("mx.example.net", "A", "203.0.113.20", ttl=ttl)


SAYINGS: dict[str, Callable[[Scene], object]] = {
    "usual": usual,
    "several hosts": lambda s: s.told("example.net", "MX", "10 mx.example.net.", "10 a.example.", "20 b.example."),
    "several addresses": lambda s: s.told("mx.example.net", "A", "203.0.113.20", "203.0.113.21"),
    "IPv6": lambda s: s.told("mx.example.net", "AAAA", "2001:db8::1"),
    "null MX": lambda s: s.told("example.net", "MX", "0 ."),
    "alias": lambda s: s.told("mx.example.net", "A", "mx.example.net. CNAME x.example.", "x.example. A 203.0.113.20"),
    "no such name": lambda s: s.ask("example.net", "MX").answer(rcode="NXDOMAIN"),
    "no address": lambda s: s.ask("mx.example.net", "A").answer(),
    "failed": lambda s: s.ask("example.net", "MX").answer(rcode="SERVFAIL"),
    "not answered": lambda s: s.ask("example.net", "MX"),
    "another type": lambda s: s.told("example.net", "TXT", '"v=spf1 -all"'),
    "inside": lambda s: s.told("mx.example.net", "A", "127.0.0.1"),
    "elsewhere": lambda s: s.told("mx.example.net", "A", "203.0.113.20", resolver="198.51.100.99"),
    "otherwise": lambda s: s.told("example.net", "MX", "5 other.example."),
}


@pytest.mark.parametrize("name", SAYINGS)
@pytest.mark.parametrize("before", [True, False])
def test_at_a_glance(name: str, before: bool) -> None:
    scene = Scene()
    if before:
        usual(scene)
    SAYINGS[name](scene)
    glance, length = both(scene)

    for what in ("asked", "touched", "lives", "exchanges", "hosts"):
        assert getattr(glance, what) == getattr(length, what), what


TOUCHING = {"null MX", "alias", "failed", "not answered", "inside", "elsewhere"}


@pytest.mark.parametrize("name", SAYINGS)
def test_what_takes_a_second_look(name: str) -> None:
    scene = Scene()
    usual(scene)
    SAYINGS[name](scene)

    assert (name in TOUCHING) == (CLIENT in both(scene)[0].touched)


def test_where_mail_goes() -> None:
    scene = Scene()
    usual(scene)
    told = both(scene)[0]
    exchanges = told.exchanges[CLIENT, DOMAIN]

    assert exchanges is not None
    assert {HOST} == exchanges.preferred
    assert {SERVER} == told.hosts[CLIENT, HOST, A][1]
    assert (CLIENT, HOST, AAAA) not in told.hosts


def test_what_differs_is_not_relied_on() -> None:
    scene = Scene()
    usual(scene)
    SAYINGS["otherwise"](scene)

    assert both(scene)[0].exchanges[CLIENT, DOMAIN] is None


def test_how_long_an_answer_lives() -> None:
    scene = Scene()
    usual(scene, ttl=100)
    usual(scene, ttl=20)
    told = both(scene)[0]
    now = scene.now

    assert told.told(CLIENT, SERVER, now + 99 * NANOSECONDS, 0)
    assert not told.told(CLIENT, SERVER, now + 101 * NANOSECONDS, 0)
    assert told.told(CLIENT, SERVER, now + 101 * NANOSECONDS, 3 * NANOSECONDS)
    assert not told.told(CLIENT, SERVER, now - 9 * NANOSECONDS, 0)
    assert not told.told(SERVER, SERVER, now, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mx.Example.net", HOST),
        (".", b"\0"),
        ("a..b", None),
        (r"a\046b", None),
        ("x" * 64, None),
        ("caf\xe9.example", None),
    ],
)
def test_names_as_on_the_wire(name: str, expected: bytes | None) -> None:
    assert expected == wire(name)


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_addresses(address: str) -> None:
    assert address == text(packed(address))
