"""Connection tracking and sockets turn a suspicion into a proof, and find what the wire alone hides."""

import pytest

from tests.rules.scene import GATEWAY, MTA, MX1, OUTSIDER, RESOLVER, STRANGER, Scene, finding, findings, grade, loud
from tests.rules.session import Session, inbound

PUBLIC = "203.0.113.1"
CODE = "destination-rewritten"


def entry(port: int, meant: str, reached: str, *, leaves_as: str = MTA, client: str = MTA, to: str = "25") -> str:
    return (
        f"tcp      6 119 TIME_WAIT src={client} dst={meant} sport={port} dport=25 "
        f"src={reached} dst={leaves_as} sport={to} dport={port} [ASSURED] mark=0 use=1"
    )


def told(scene: Scene, server: str) -> int:
    """Deliver mail to *server*; give the client's port."""
    scene.example_net()
    session = Session(scene, server)
    session.delivers(name="relay.other.example")
    return session.client.endpoint[1]


def test_conntrack_proves_what_was_meant() -> None:
    scene = Scene()
    scene.hears("conntrack", entry(told(scene, STRANGER), MX1, STRANGER))
    found = finding(scene, CODE)

    assert grade(found) == ("critical", "proven")
    assert found.summary.endswith("meant for mail1.example.net [198.51.100.10]:25 and went to 192.0.2.66:25")
    assert "connection tracking: tcp 10.10.0.5:40003 > 198.51.100.10:25, answered by 192.0.2.66:25" in [
        e.text for e in found.evidence
    ]
    assert [("conntrack.txt", 1)] == [(e.source, e.line) for e in found.evidence if e.source]


def test_conntrack_of_a_gateway_finds_what_the_wire_hides() -> None:
    """Before the gateway, everything looks as it should."""
    scene = Scene()
    scene.hears("conntrack", entry(told(scene, MX1), MX1, GATEWAY, to="2525"))
    found = finding(scene, CODE)

    assert grade(found) == ("critical", "proven")
    assert "went to 10.10.0.1:2525" in found.summary


def test_an_entry_without_translation_says_nothing() -> None:
    scene = Scene()
    scene.hears("conntrack", entry(told(scene, MX1), MX1, MX1))

    assert [] == loud(scene)
    assert [] == findings(scene, "source-rewritten")


def test_an_entry_of_another_connection_says_nothing() -> None:
    scene = Scene()
    scene.hears("conntrack", entry(told(scene, MX1) + 1, MX1, STRANGER))

    assert [] == loud(scene)


@pytest.mark.parametrize(("reached", "to"), [("10.10.0.9", "25"), (MTA, "2525")])
def test_a_site_that_leads_on_what_was_addressed_to_itself_is_info(reached: str, to: str) -> None:
    scene = Scene()
    session = inbound(scene)
    session.delivers()
    client, port = session.client.endpoint
    scene.hears("conntrack", entry(port, MTA, reached, client=client, leaves_as=client, to=to))

    assert ["info"] == [str(f.severity) for f in findings(scene, CODE)]


@pytest.mark.parametrize(("ttls", "severity"), [((57, 64), "info"), ((64, 57), "critical")])
def test_a_balancer_with_public_addresses_is_info_seen_from_its_side(ttls: tuple[int, int], severity: str) -> None:
    scene = Scene()
    session = Session(scene, "203.0.113.5", client_address=OUTSIDER, client_ttl=ttls[0], server_ttl=ttls[1])
    session.delivers()
    port = session.client.endpoint[1]
    scene.hears("conntrack", entry(port, "203.0.113.5", "203.0.113.20", client=OUTSIDER, leaves_as=OUTSIDER))

    assert [severity] == [str(f.severity) for f in findings(scene, CODE)]


def test_conntrack_tells_the_source_that_others_see_once() -> None:
    scene = Scene()
    ports = [told(scene, MX1), told(scene, MX1)]
    scene.hears("conntrack", *(entry(port, MX1, MX1, leaves_as=PUBLIC) for port in ports))
    found = finding(scene, "source-rewritten")

    assert grade(found) == ("info", "proven")
    assert found.summary == "connections of 10.10.0.5 to 198.51.100.10:25 leave as 203.0.113.1"
    assert [] == loud(scene)


def test_conntrack_tells_the_resolver_that_was_reached_once() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.told("example.org", "MX", "10 mail1.example.org.")
    scene.hears(
        "conntrack",
        *(
            f"udp 17 29 src={MTA} dst={RESOLVER} sport={port} dport=53 src={GATEWAY} dst={MTA} sport=53 dport={port} use=1"
            for port in (40001, 40002)
        ),
    )
    found = finding(scene, "resolver-rewritten")

    assert grade(found) == ("warning", "proven")
    assert found.summary == "10.10.0.5 asked 198.51.100.53 for names and 10.10.0.1 was reached instead"


def socket(port: int, remote: str) -> str:
    return f'ESTAB 0 0 {MTA}:{port} {remote}:25 users:(("smtp",pid=4711,fd=13))'


def test_the_clients_own_socket_proves_what_was_meant() -> None:
    scene = Scene()
    scene.hears("sockets", socket(told(scene, STRANGER), MX1))
    found = finding(scene, CODE)

    assert grade(found) == ("critical", "proven")
    assert "the socket of smtp (pid 4711) at 10.10.0.5:40003 is one to 198.51.100.10:25 (ESTAB)" in [
        e.text for e in found.evidence if e.source
    ]


def test_a_socket_to_the_host_that_was_reached_proves_no_rewriting() -> None:
    scene = Scene()
    scene.hears("sockets", socket(told(scene, MX1), MX1))

    assert [] == loud(scene)


def test_a_socket_to_a_host_that_nobody_named_may_share_the_port_by_chance() -> None:
    scene = Scene()
    scene.hears("sockets", socket(told(scene, MX1), OUTSIDER))

    assert [] == loud(scene)
