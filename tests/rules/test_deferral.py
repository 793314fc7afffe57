"""Names of the failed lookups that a deferral may rest on."""

import pytest

from tests.rules.scene import Scene, finding, findings
from tests.rules.session import Session, inbound


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sender.example", 1),
        ("mx.sender.example", 1),
        ("corp.example", 1),
        ("mta.corp.example", 1),
        ("99.2.0.192.in-addr.arpa", 1),
        ("notsender.example", 0),
        ("example", 0),
    ],
)
def test_concerned_are_sender_recipient_helo_and_client(name: str, expected: int) -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    scene.ask(name, "A").answer(rcode="SERVFAIL")
    session.hears("451 4.4.3 DNS trouble")

    assert expected == len(findings(scene, "deferral-caused-by-dns"))


def test_lookups_of_other_hosts_do_not_count() -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    scene.ask("sender.example", "A", client="10.10.0.77").answer(rcode="SERVFAIL")
    session.hears("451 4.4.3 DNS trouble")

    assert [] == findings(scene, "deferral-caused-by-dns")


UNKNOWN_DOMAIN = "450 4.1.8 <alice@corp.example>: Sender address rejected: Domain not found"


def test_seen_from_the_sender_it_may_be_either_side() -> None:
    """What the server looked up is not in this capture: the domain may be missing, or its resolver down."""
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", UNKNOWN_DOMAIN)
    session.quit()

    found = finding(scene, "smtp-deferred")

    assert "unknown" == str(found.blame.side)
    assert "the receiving side's own resolver failed, and it blames the sender's domain for it" in found.still_possible
    assert "a capture on the receiving server, with its DNS" in found.settled_by


@pytest.mark.parametrize(
    ("reply", "expected"),
    [(UNKNOWN_DOMAIN, "sender"), ("451 4.3.2 not now", "recipient"), ("421 4.7.28 slow", "sender")],
)
def test_where_its_lookups_are_seen_and_went_well_the_code_is_believed(reply: str, expected: str) -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    scene.ask("sender.example", "MX").answer(rcode="NXDOMAIN")
    session.hears(reply)
    session.quit()

    assert expected == str(finding(scene, "smtp-deferred").blame.side)
