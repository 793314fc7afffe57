"""The report says what was seen, what was asked for, and what the capture cannot tell."""

import pytest

from tests.engine.stage import busy, read
from tests.rules.packets import ACK, PSH
from tests.rules.scene import MTA, MX1, SECOND, START, Scene
from tests.rules.session import Session
from wiretruth.engine.settings import Settings


def limits(scene: Scene) -> str:
    return "; ".join(read(scene).coverage.limits)


def mail(*, asked: bool = True) -> Scene:
    scene = Scene()
    if asked:
        scene.example_net()
    Session(scene).delivers()
    return scene


def test_an_input_as_it_was_read() -> None:
    scene = mail()
    (told,) = read(scene).inputs

    assert ("tap.pcap", "capture", "tap", ("tap",), "pcap") == (
        told.path,
        told.kind,
        told.label,
        told.vantages,
        told.format,
    )
    assert (len(scene.frames["tap"]), "RAW") == (told.packets, told.link_type)
    assert scene.frames["tap"][0].at == told.first
    assert (False, None, 0.0, ()) == (told.cut_off, told.kernel_drops, told.loss, told.faults)


def test_kernel_drops_are_loss() -> None:
    scene = mail()
    scene.kernel_drops = len(scene.frames["tap"])

    assert [0.5] == [i.loss for i in read(scene).inputs]


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        (Scene(), (False, False, False, False)),
        (mail(), (True, True, True, True)),
        (mail(asked=False), (False, True, True, False)),
    ],
    ids=["nothing", "mail with its lookups", "mail alone"],
)
def test_coverage(scene: Scene, expected: tuple[bool, ...]) -> None:
    told = read(scene).coverage

    assert expected == (told.dns, told.smtp, told.both_directions, told.starts_with_lookup)


def test_without_dns_nothing_can_be_compared() -> None:
    assert "no DNS is in this capture" in limits(mail(asked=False))
    assert "" == limits(mail())


def test_a_first_connection_without_lookup() -> None:
    scene = mail(asked=False)
    scene.told("www.example.org", "A", "192.0.2.80")

    assert "has no lookup before it" in limits(scene)


def test_midstream() -> None:
    scene = mail()
    session = Session(scene)
    session.greeted().envelope().message()

    assert "1 mail connection began before the capture did" in limits(scene)


def test_tls_hides() -> None:
    scene = mail()
    session = Session(scene).connect().greeted()
    session.asks("STARTTLS", "220 2.0.0 Ready")
    session.says("\x16\x03\x01")

    assert "1 dialogue went on under TLS" in limits(scene)


def test_damage_is_told() -> None:
    scene = mail()
    scene.put(b"\x45\x00")
    scene.put(b"\x00" * 30)

    assert "could not be read: damaged" in limits(scene) or read(scene).inputs[0].faults


def test_a_scan_is_told() -> None:
    """One sequence number to every host: what was translated among those cannot be known."""
    scene = Scene()
    for n in range(3):
        session = Session(scene, f"198.51.100.{n}")
        session.client.next = 77_777_777
        session.syn()

    assert "3 sightings of connections share their first sequence number" in limits(scene)


def test_records_and_counts_narrowed_to_a_host() -> None:
    whole, narrow = read(busy()), read(busy(), settings=Settings(hosts=("198.51.100.30",)))

    assert ["198.51.100.30"] == [c.server.address for c in narrow.connections]
    assert ["198.51.100.30"] == [a.connection.server.address for d in narrow.deliveries for a in d.attempts]
    assert () == narrow.lookups
    parties = [p for f in narrow.findings if f.client for p in (f.intended, f.observed) if p is not None]
    assert {"198.51.100.30"} == {party.address for party in parties}
    assert (whole.connection_count, whole.lookup_count) == (narrow.connection_count, narrow.lookup_count)


def test_other_connections_only_where_asked_for() -> None:
    ports = {c.server.port for c in read(busy()).connections}
    every = {c.server.port for c in read(busy(), settings=Settings(every_connection=True)).connections}

    assert ({25}, {25, 443}) == (ports, every)
    assert (MTA, MX1) == (read(mail()).connections[0].client.address, read(mail()).connections[0].server.address)
    assert START < read(mail()).connections[0].at < START + SECOND


def test_damage_of_a_dialogue_is_told_with_its_frame_and_place() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted()
    number = session.hears("what is this?")
    session.quit()
    (fault,) = read(scene).inputs[0].faults

    assert (number, "SMTP reply") == (fault.frame, fault.where)


def test_octets_that_came_twice_and_differed() -> None:
    scene = Scene()
    session = Session(scene).connect().greeted()
    start = session.server.next
    session.hears("250 2.1.0 first")
    session.send(False, PSH | ACK, b"550 2.1.0 other\r\n", seq=start)
    session.quit()
    told = read(scene)

    assert "6 octets came twice and differed the second time: those seen first were used" in "; ".join(
        told.coverage.limits
    )


def test_a_frame_cut_twice_hides_no_loss() -> None:
    """Octets that were lost stay lost, though cut segments were sent again."""

    def loss(*, again: int) -> float:
        scene = Scene(snap=60)
        session = Session(scene).connect()
        for _ in range(5):
            session.send(False, PSH | ACK, b"x" * 400)
            session.acknowledge()
        for _ in range(again):
            session.again(False)
        session.send(False, PSH | ACK, b"y" * 400, seen=False)
        session.acknowledge()
        for _ in range(6):
            session.acknowledge()
        session.close()
        return read(scene).inputs[0].loss

    assert loss(again=0) == loss(again=3) > 0
