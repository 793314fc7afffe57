"""The heart of the matter: who was meant, who was reached, and every innocent way in which they differ."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, PSH, RST
from tests.rules.scene import MTA, MX1, MX2, OUTSIDER, STRANGER, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, View, inbound

CODE = "destination-rewritten"
RELAY = "relay.other.example"


def test_lookup_and_contact_that_disagree_are_critical() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER).delivers(name=RELAY)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert found.summary == (
        "mail for example.net: the resolver said mail1.example.net is 198.51.100.10 "
        "and the host contacted 192.0.2.66:25 instead"
    )
    assert [2, 4] == frames_of(found)[:2]
    assert 5 in frames_of(found)
    assert found.intended is not None
    assert (MX1, 25, "mail1.example.net") == (found.intended.address, found.intended.port, found.intended.name)
    assert found.observed is not None
    assert (STRANGER, 25, RELAY) == (found.observed.address, found.observed.port, found.observed.name)
    assert found.settled_by


def test_refused_by_the_stranger_before_any_envelope() -> None:
    """The name looked up moments before stands in for the envelope."""
    scene = Scene()
    scene.example_net()
    session = Session(scene, STRANGER)
    session.syn()
    session.send(False, RST | ACK, seq=0)

    assert grade(finding(scene, CODE)) == ("critical", "likely")


def test_loopback_redirect_is_proven_by_its_own_answer() -> None:
    """OUTPUT REDIRECT, seen with -i any: the SYN goes to loopback, the SYN-ACK comes in the intended host's name."""
    scene = Scene()
    scene.example_net()
    view = View(server=("127.0.0.1", 10025), reply_from=(MX1, 25))
    Session(scene, views=(view,), server_ttl=64).delivers(name="proxy.local.example")

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "proven")
    assert "was meant for mail1.example.net [198.51.100.10]:25 and went to 127.0.0.1:10025" in found.summary


def test_gateway_dnat_is_proven_by_two_sightings() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, views=(View(), View("wan", server=(STRANGER, 25), hops=1))).delivers(name=RELAY)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "proven")
    assert "went to 192.0.2.66:25" in found.summary
    assert {"tap", "wan"} <= {e.vantage for e in found.evidence}


@pytest.mark.parametrize(
    ("client", "intended", "observed"),
    [(OUTSIDER, "203.0.113.1", "10.10.0.5"), (OUTSIDER, "10.10.0.5", "172.17.0.2"), (MTA, "10.10.0.100", "10.10.0.31")],
    ids=["static NAT", "container behind NAT", "load balancer inside"],
)
def test_a_site_that_hands_on_what_was_addressed_to_itself_is_info(client: str, intended: str, observed: str) -> None:
    scene = Scene()
    views = (View("front"), View("back", server=(observed, 25), hops=1))
    Session(scene, intended, client_address=client, views=views).delivers(name="mta.corp.example")

    assert grade(finding(scene, CODE)) == ("info", "proven")


def as_told(scene: Scene) -> None:
    scene.example_net()
    Session(scene).delivers()


def equal_preference(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 a.example.net.", "10 b.example.net.")
    scene.told("a.example.net", "A", MX1)
    scene.told("b.example.net", "A", MX2)
    Session(scene, MX2).delivers(name="b.example.net")


def mx_cached(scene: Scene) -> None:
    scene.told("mail1.example.net", "A", MX1)
    Session(scene).delivers()


def everything_cached(scene: Scene) -> None:
    Session(scene).delivers()


def address_cached(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mail1.example.net.")
    Session(scene).delivers()


def ipv6_first(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.told("mail1.example.net", "AAAA", "2001:db8::25")
    scene.told("mail1.example.net", "A", MX1)
    Session(scene, "2001:db8::25", client_address="2001:db8::5").syn()
    scene.wait(0.25)
    Session(scene).delivers()


def round_robin(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.told("mail1.example.net", "A", MX1, MX2, "198.51.100.30")
    Session(scene, "198.51.100.30").delivers()


def alias_chain(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mx.example.net.")
    scene.told(
        "mx.example.net", "A", "mx.example.net. CNAME mx.hoster.example.", "mx.hoster.example. CNAME n7.hoster.example.",
        f"n7.hoster.example. A {MX1}",
    )  # fmt: skip
    Session(scene).delivers(name="n7.hoster.example")


def implicit_mx(scene: Scene) -> None:
    scene.told("example.net", "MX")
    scene.told("example.net", "A", MX1)
    Session(scene).delivers()


def addresses_along_with_mx(scene: Scene) -> None:
    scene.ask("example.net", "MX").answer("10 mail1.example.net.", extra=[f"mail1.example.net. A {MX1}"])
    Session(scene).delivers()


def answers_crossed(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mail1.example.net.")
    one, other = scene.ask("mail1.example.net", "A"), scene.ask("mail1.example.net", "AAAA")
    other.answer("2001:db8::25")
    one.answer(MX1)
    Session(scene).delivers()


def resolver_on_loopback(scene: Scene) -> None:
    scene.example_net(client="127.0.0.1")
    Session(scene).delivers()


def smart_host_by_name(scene: Scene) -> None:
    scene.told("relay.isp.example", "A", STRANGER)
    scene.example_net()
    Session(scene, STRANGER).delivers(name="relay.isp.example")


def smart_host_by_address(scene: Scene) -> None:
    Session(scene, STRANGER).delivers(name="relay.isp.example")


def other_client_has_a_smart_host(scene: Scene) -> None:
    scene.example_net()
    Session(scene, STRANGER, client_address="10.10.0.6").delivers("x@unknown.example", name="relay.isp.example")
    Session(scene).delivers()


def content_filter_on_loopback(scene: Scene) -> None:
    scene.example_net()
    Session(scene, "127.0.0.1", 10024, client_address="127.0.0.1", server_ttl=64).delivers(name="localhost")
    Session(scene).delivers()


def submission(scene: Scene) -> None:
    scene.example_net()
    Session(scene, STRANGER, 587).delivers(name="smtp.isp.example")


def inbound_and_outbound(scene: Scene) -> None:
    """A sender's domain is checked while its mail comes in; another mail leaves meanwhile."""
    stranger = inbound(scene).connect().greeted("mta.corp.example")
    stranger.says("MAIL FROM:<a@example.net>")
    scene.example_net()
    stranger.hears("250 Ok")
    scene.told("other.example", "MX", "10 mx.other.example.")
    scene.told("mx.other.example", "A", MX2)
    Session(scene, MX2).delivers("c@other.example", name="mx.other.example")
    stranger.asks("RCPT TO:<b@corp.example>", "250 Ok")
    stranger.message()
    stranger.quit()


def used_again(scene: Scene) -> None:
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.message()
    scene.told("second.example", "MX", "10 mail1.example.net.")
    session.envelope("carol@second.example").message()
    session.quit()


def address_literal(scene: Scene) -> None:
    Session(scene).delivers(f"bob@[{MX1}]")


INNOCENT = (
    as_told, equal_preference, mx_cached, everything_cached, address_cached, ipv6_first, round_robin, alias_chain,
    implicit_mx, addresses_along_with_mx, answers_crossed, resolver_on_loopback, smart_host_by_name,
    smart_host_by_address, other_client_has_a_smart_host, content_filter_on_loopback, submission, inbound_and_outbound,
    used_again, address_literal,
)  # fmt: skip


@pytest.mark.parametrize("innocent", INNOCENT)
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def recipient_checked(scene: Scene) -> None:
    """RCPT makes the receiving host look up the recipient; the mail then goes to the smart host."""
    client = inbound(scene).connect().greeted("mta.corp.example")
    client.asks("MAIL FROM:<a@elsewhere.example>", "250 Ok")
    client.says("RCPT TO:<bob@example.net>")
    scene.example_net()
    client.hears("250 Ok")
    client.message()
    client.quit()
    Session(scene, STRANGER).delivers(name="relay.isp.example")


def recipient_checked_under_tls(scene: Scene) -> None:
    client = inbound(scene).connect().greeted("mta.corp.example")
    client.asks("STARTTLS", "220 go")
    client.send(True, PSH | ACK, b"\x16\x03\x01\x00\x40" + bytes(64))
    client.acknowledge(from_client=False)
    scene.example_net()
    client.send(False, PSH | ACK, b"\x17\x03\x03\x00\x40" + bytes(64))
    client.acknowledge()
    scene.wait(0.05)
    Session(scene, STRANGER).delivers(name="relay.isp.example")


def sender_checked_then_bounced(scene: Scene) -> None:
    client = inbound(scene).connect().greeted("mta.corp.example")
    client.says("MAIL FROM:<a@example.net>")
    scene.example_net()
    client.hears("250 Ok")
    client.asks("RCPT TO:<b@corp.example>", "250 Ok")
    client.message()
    client.quit()
    Session(scene, STRANGER).delivers("a@example.net", sender="", name="relay.isp.example")


def smart_host_shown_by_other_mail(scene: Scene) -> None:
    Session(scene, STRANGER).delivers("x@never-asked.example", name="relay.isp.example")
    scene.example_net()
    Session(scene, STRANGER).delivers(name="relay.isp.example")


def open_before_the_lookup(scene: Scene) -> None:
    session = Session(scene, STRANGER).connect().greeted("relay.isp.example")
    scene.example_net()
    session.envelope().message()
    session.quit()


def long_before(scene: Scene) -> None:
    scene.example_net()
    scene.wait(200)
    Session(scene, STRANGER).delivers(name="relay.isp.example")


def second_host_cached(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mail1.example.net.", "20 mail2.example.net.")
    scene.told("mail1.example.net", "A", MX1)
    Session(scene, STRANGER).delivers(name="mail2.example.net")


def lossy(scene: Scene) -> None:
    scene.kernel_drops = 5
    scene.example_net()
    Session(scene, STRANGER).delivers(name=RELAY)


@pytest.mark.parametrize(
    ("scenery", "doubt"),
    [
        (recipient_checked, "to check a recipient of mail that came in"),
        (recipient_checked_under_tls, "to check mail that came in under TLS"),
        (sender_checked_then_bounced, "to check mail that came from it"),
        (smart_host_shown_by_other_mail, "smart host"),
        (open_before_the_lookup, "was open before the lookups"),
        (long_before, "belong to other mail"),
        (second_host_cached, "cached before the capture began"),
        (lossy, "lost to the capture"),
    ],
)
def test_only_possible_where_packets_support_an_innocent_explanation(
    scenery: Callable[[Scene], None], doubt: str
) -> None:
    scene = Scene()
    scenery(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("info", "possible")
    assert doubt in " ".join(found.still_possible)


def test_an_answer_from_elsewhere_that_nobody_takes_is_no_redirect_of_this_host() -> None:
    """DNAT on the way there, and an answer that goes past it; or a host that answers from its other address."""
    scene = Scene()
    scene.example_net()
    session = Session(scene, views=(View(reply_from=("198.51.100.77", 25)),))
    session.syn()
    session.syn_ack()
    session.again(True, after=1)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "proven")
    assert "was answered by 198.51.100.77:25, which 10.10.0.5 never asked: no connection comes about" in found.summary


def test_nat64_is_info() -> None:
    """RFC 6052: the address that was reached stands in the one that was meant."""
    scene = Scene()
    far = View("wan", ("203.0.113.66", 40000), ("198.51.100.10", 25), hops=1)
    Session(scene, "64:ff9b::c633:640a", client_address="2001:db8:10::5", views=(View(), far)).delivers()

    assert grade(finding(scene, CODE)) == ("info", "proven")
