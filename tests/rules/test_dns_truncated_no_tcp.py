"""TC, and what must follow it."""

import struct

import dns.message
import dns.rrset
import pytest

from tests.rules.packets import UDP, ip, udp
from tests.rules.scene import MTA, RESOLVER, Asked, Scene, finding, findings, grade, loud
from tests.rules.session import Session

CODE = "dns-truncated-no-tcp"
TRUNCATED = 0x8380


def truncated(scene: Scene) -> Asked:
    """The query comes back with QR, RD, RA and TC, and nothing else."""
    asked = scene.ask("example.net", "MX")
    query = asked.query.to_wire()
    response = query[:2] + struct.pack("!H", TRUNCATED) + query[4:]
    scene.put(ip(RESOLVER, MTA, UDP, udp((53, asked.port), response), 60, scene.ip_id()))
    return asked


def over_tcp(scene: Scene, asked: Asked, *data: str) -> None:

    response = dns.message.make_response(asked.query)
    response.answer.append(dns.rrset.from_text("example.net.", 300, "IN", "MX", *data))
    session = Session(scene, RESOLVER, 53).connect()
    for from_client, octets in ((True, asked.query.to_wire()), (False, response.to_wire())):
        session.send(from_client, 0x18, struct.pack("!H", len(octets)) + octets)
        session.acknowledge(not from_client)
    session.close()


def test_no_retry_is_a_warning() -> None:
    scene = Scene()
    truncated(scene)
    scene.wait(5)
    scene.told("example.org", "A", "192.0.2.1")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        "198.51.100.53 gave 10.10.0.5 a truncated answer to MX example.net, and no whole one followed over TCP"
    )


def test_only_possible_where_the_capture_ends() -> None:
    scene = Scene()
    truncated(scene)

    assert grade(finding(scene, CODE)) == ("info", "possible")


def test_silent_when_tcp_answers() -> None:
    scene = Scene()
    asked = truncated(scene)
    over_tcp(scene, asked, "10 mail1.example.net.")
    scene.wait(5)
    scene.told("example.org", "A", "192.0.2.1")

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


@pytest.mark.parametrize("after", [0.1, 4.0])
def test_silent_when_a_larger_buffer_helps(after: float) -> None:
    scene = Scene()
    truncated(scene)
    scene.wait(after)
    scene.told("example.net", "MX", "10 mail1.example.net.")

    assert [] == findings(scene, CODE)
