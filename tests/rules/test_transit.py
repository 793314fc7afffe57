"""Where packets of an open connection, and of lookups, were seen last."""

import pytest

from tests.rules.packets import ACK, FIN, PSH
from tests.rules.scene import MX1, MX2, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, View, resent

CODE = "dropped-in-transit"
LAN, WAN = View(), View("wan", hops=1)


def opened(scene: Scene) -> Session:
    scene.example_net()
    return Session(scene, views=(LAN, WAN)).connect().greeted()


def ended(scene: Scene) -> Scene:
    """Both taps go on watching."""
    scene.wait(30)
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")
    return scene


def only(session: Session, *views: View) -> Session:
    session.views = views
    return session


def test_data_of_the_client() -> None:
    scene = Scene()
    session = only(opened(scene), LAN)
    session.says("MAIL FROM:<alice@corp.example>", acknowledged=False)
    resent(session, True, 1, 2, 4, 8)

    found = finding(ended(scene), CODE)

    assert grade(found) == ("critical", "likely")
    assert found.summary.startswith(f"the data from 10.10.0.5 to mail1.example.net [{MX1}]:25 at MAIL passed tap and")
    assert 5 == len(frames_of(found))


def test_data_of_the_server() -> None:
    scene = Scene()
    session = opened(scene)
    session.says("MAIL FROM:<alice@corp.example>")
    only(session, WAN).send(False, PSH | ACK, b"250 2.1.0 Ok\r\n")
    resent(session, False, 1, 2, 4, 8)

    found = finding(ended(scene), CODE)

    assert "passed wan and never reached tap" in found.summary
    assert ("wan", 5) == (found.evidence[0].vantage, len(found.evidence[0].frames))


def test_a_fin_is_info_where_all_was_said() -> None:
    scene = Scene()
    session = opened(scene)
    session.envelope().message()
    session.asks("QUIT", "221 2.0.0 Bye")
    only(session, LAN).send(True, FIN | ACK)
    resent(session, True, 1, 2, 4)

    found = finding(ended(scene), CODE)

    assert ("info", "likely") == grade(found)
    assert "the FIN from 10.10.0.5" in found.summary


@pytest.mark.parametrize("sendings", [0, 1])
def test_silent_where_it_arrives_at_last(sendings: int) -> None:
    """The network lost it once, or twice; the next one came through."""
    scene = Scene()
    session = opened(scene)
    only(session, LAN).says("MAIL FROM:<alice@corp.example>", acknowledged=False)
    resent(session, True, *range(1, sendings + 1))
    only(session, LAN, WAN).again(True, after=1)
    session.acknowledge(from_client=False)
    session.hears("250 2.1.0 Ok")
    session.quit()

    assert [] == findings(ended(scene), CODE)


def test_silent_where_only_the_acknowledgement_got_lost() -> None:
    """The far tap saw the octets: nothing of them was dropped between."""
    scene = Scene()
    session = opened(scene)
    session.says("MAIL FROM:<alice@corp.example>", acknowledged=False)
    resent(session, True, 1, 2, 4, 8)

    assert [] == findings(ended(scene), CODE)


def test_silent_where_the_far_tap_missed_packets_before() -> None:
    """A capture that lost other octets of this connection may have lost these."""
    scene = Scene()
    session = opened(scene)
    only(session, LAN).says("NOOP")
    only(session, LAN, WAN).hears("250 2.0.0 Ok")
    session.says("NOOP")
    session.hears("250 2.0.0 Ok")
    only(session, LAN).says("MAIL FROM:<alice@corp.example>", acknowledged=False)
    resent(session, True, 1, 2, 4, 8)

    assert [] == findings(ended(scene), CODE)


def answer_lost(scene: Scene, times: int) -> None:
    """The resolver answers; the answer passes the outer tap and never the inner one."""
    for number in range(times):
        asked = scene.ask(f"host{number}.example.net", "A")
        scene.put(asked.packet_again(hops=1), "wan")
        frames = len(scene.frames["tap"])
        asked.answer("192.0.2.9")
        scene.frames["wan"].append(scene.frames["tap"].pop())
        assert frames == len(scene.frames["tap"])
        scene.wait(5)


@pytest.mark.parametrize(("times", "severity"), [(1, "info"), (3, "critical")])
def test_dns_answers(times: int, severity: str) -> None:
    scene = Scene()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")
    answer_lost(scene, times)

    found = finding(ended(scene), CODE)

    assert (severity, "likely") == grade(found)
    assert "the DNS answer of 10.10.0.5 and 198.51.100.53 for A host0.example.net" in found.summary
    assert times == len(frames_of(found))


def test_a_fault_elsewhere_is_not_laid_between_the_taps() -> None:
    scene = Scene()
    session = opened(scene)
    session.says("MAIL FROM:<alice@corp.example>")
    session.server.next += 99

    assert [] == [x for x in loud(ended(scene)) if x[0] == CODE]
