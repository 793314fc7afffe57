"""Many connections, said as one rule."""

import pytest

from tests.ledger.made import SECOND, contact, sighting
from tests.rules.scene import MX1, MX2, STRANGER, Scene, batch, finding, findings, grade
from tests.rules.session import Session, View
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.model.sighting import KEPT_FRAMES
from wiretruth.rules._groups import Group, listed, span


@pytest.mark.parametrize(
    ("addresses", "words"),
    [
        (["10.10.0.5"], "10.10.0.5"),
        (["10.10.0.5", "10.10.9.6"], "10.10.0.5 and 10.10.9.6"),
        (["10.10.0.5", "10.10.0.6", "10.10.0.7"], "10.10.0.0/24 (3 hosts)"),
        (["10.10.0.5", "10.10.1.6", "10.10.2.7"], "10.10.0.0/22 (3 hosts)"),
        (["10.10.0.5", "10.10.255.6", "10.10.2.7"], "10.10.0.0/16 (3 hosts)"),
        (["10.10.0.5", "192.0.2.1", "10.10.2.7"], "10.10.0.5, 192.0.2.1 and 1 more"),
        (["2001:db8::5", "2001:db8::6", "2001:db8:1::7"], "2001:db8::/47 (3 hosts)"),
        (["10.10.0.5", "2001:db8::6", "2001:db8:1::7"], "10.10.0.5, 2001:db8::6 and 1 more"),
    ],
)
def test_span(addresses: list[str], words: str) -> None:
    assert words == span(addresses)


def test_listed() -> None:
    assert ["a", "a and b", "a, b and 2 more"] == [listed(list(names)) for names in ("a", "ab", "abcd")]


def many(count: int) -> Group:
    return Group([contact(sighting(at=n * SECOND, serial=n, client=f"10.10.0.{n % 200}")) for n in range(count)])


def test_extent_and_evidence_are_bounded() -> None:
    assert "" == many(1).extent()
    assert ": 412 connections of 10.10.0.0/24 (200 hosts) in 6 min 51 s" == many(412).extent()
    (record,) = many(412).evidence()
    assert (KEPT_FRAMES, "the same of other connections, and 395 more") == (len(record.frames), record.text)
    assert 199 == len(many(412).others)


def led(scene: Scene, client: str, intended: str = MX1, *, ttl: int = 64) -> None:
    views = (View(), View("wan", server=(STRANGER, 2526), hops=1))
    Session(scene, intended, client_address=client, client_ttl=ttl, views=views).delivers()
    scene.wait(1)


def test_one_rule_is_one_finding() -> None:
    scene = Scene()
    for host in (5, 6, 7, 5):
        led(scene, f"10.10.0.{host}")

    found = finding(scene, "destination-rewritten")

    assert ("critical", "proven") == grade(found)
    assert found.summary.endswith(
        f"was meant for {MX1}:25 and went to {STRANGER}:2526: 4 connections of 10.10.0.0/24 (3 hosts) in 3.0 s"
    )
    assert ("10.10.0.6", "10.10.0.7") == found.others


def test_a_rule_that_takes_all_mail_names_the_hosts_that_were_meant() -> None:
    scene = Scene()
    for host in (MX1, MX2, "192.0.2.20"):
        led(scene, "10.10.0.5", host)

    assert f"was meant for {MX1}:25, {MX2}:25 and 1 more and went to" in finding(scene, "destination-rewritten").summary


def test_what_strangers_bring_is_not_what_is_taken_away() -> None:
    """The same address is a published server to strangers, and astray to the site's own hosts."""
    scene = Scene()
    led(scene, "10.10.0.5")
    led(scene, "192.0.2.99", ttl=50)
    led(scene, "192.0.2.98", ttl=50)

    assert {"critical": 1, "info": 2} == {
        severity: sum(grade(f)[0] == severity for f in findings(scene, "destination-rewritten"))
        for severity in ("critical", "info")
    }


def test_asked_for_one_of_the_hosts_the_finding_stays() -> None:
    scene = Scene()
    for host in (5, 6, 7):
        led(scene, f"10.10.0.{host}")
    analysis = Analysis(Settings(hosts=("10.10.0.7",)))
    for tap, frames in scene.frames.items():
        analysis.open(tap, f"{tap}.pcap")
        analysis.receive(batch(frames))
        analysis.close(Ending("pcap", (), False, None))

    assert ["destination-rewritten"] == [f.code for f in analysis.finish().findings if f.severity == "critical"]


def test_what_connection_tracking_says_of_many_connections_is_one_finding() -> None:
    scene = Scene()
    lines = []
    for _ in range(3):
        session = Session(scene, STRANGER, 2526)
        session.delivers()
        port = session.client.endpoint[1]
        lines.append(
            f"tcp      6 431999 ESTABLISHED src=10.10.0.5 dst={MX1} sport={port} dport=25 "
            f"src={STRANGER} dst=10.10.0.5 sport=2526 dport={port} [ASSURED] mark=0 use=1"
        )
        scene.wait(1)
    scene.hears("conntrack", *lines)

    found = finding(scene, "destination-rewritten")

    assert ("critical", "proven") == grade(found)
    assert found.summary.endswith("and went to 192.0.2.66:2526: 3 connections in 2.0 s")
