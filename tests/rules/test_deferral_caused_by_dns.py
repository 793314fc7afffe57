"""Deferred, and the replying host's own lookups had failed."""

from collections.abc import Callable

import pytest

from tests.rules.scene import Scene, finding, findings, frames_of, grade
from tests.rules.session import Session, inbound

CODE = "deferral-caused-by-dns"
UNKNOWN = "450 4.1.8 <a@sender.example>: Sender address rejected: Domain not found"


def deferred(scene: Scene, lookups: Callable[[Scene], None], reply: str) -> Session:
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    lookups(scene)
    session.hears(reply)
    session.quit()
    return session


def unanswered(scene: Scene) -> None:
    scene.ask("sender.example", "MX")
    scene.wait(5)
    scene.ask("sender.example", "A")
    scene.wait(5)


def servfail(scene: Scene) -> None:
    scene.ask("sender.example", "MX").answer(rcode="SERVFAIL")


@pytest.mark.parametrize("lookups", [unanswered, servfail])
def test_failed_lookups_of_the_senders_domain(lookups: Callable[[Scene], None]) -> None:
    scene = Scene()
    deferred(scene, lookups, UNKNOWN)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert "10.10.0.5 deferred mail from a@sender.example for b@corp.example at RCPT" in found.summary
    assert (
        "because its own lookups failed at 198.51.100.53 while it was deciding: the mail hosts of sender.example"
    ) in found.summary
    assert str(found.blame.side) == "recipient-resolver"
    assert len(frames_of(found)) > 2


def test_the_refusal_itself_does_not_blame_the_sender_for_it() -> None:
    scene = Scene()
    deferred(scene, servfail, UNKNOWN)

    assert "recipient-resolver" == str(finding(scene, "smtp-deferred").blame.side)


def test_a_reply_that_took_as_long_as_a_resolver_speaks_for_itself() -> None:
    scene = Scene()
    deferred(scene, unanswered, "451 4.3.0 Temporary failure")

    assert 1 == len(findings(scene, CODE))


def unrelated(scene: Scene) -> None:
    scene.ask("other.example", "MX").answer(rcode="SERVFAIL")


def mended(scene: Scene) -> None:
    scene.ask("sender.example", "MX")
    scene.wait(5)
    scene.told("sender.example", "MX", "10 mx.sender.example.", resolver="198.51.100.54")


def well(scene: Scene) -> None:
    scene.told("sender.example", "MX", "10 mx.sender.example.")


def nonexistent(scene: Scene) -> None:
    scene.ask("sender.example", "MX").answer(rcode="NXDOMAIN")


@pytest.mark.parametrize("lookups", [unrelated, mended, well, nonexistent])
def test_silent_where_lookups_do_not_explain_it(lookups: Callable[[Scene], None]) -> None:
    scene = Scene()
    deferred(scene, lookups, UNKNOWN)

    assert [] == findings(scene, CODE)


def no_reverse_name(scene: Scene) -> None:
    scene.ask("99.2.0.192.in-addr.arpa", "PTR").answer(rcode="SERVFAIL")


def test_silent_where_the_reply_is_about_something_else() -> None:
    """Reverse lookups fail all day; greylisting has other reasons."""
    scene = Scene()
    deferred(scene, no_reverse_name, "450 4.7.1 Greylisted, try again")

    assert [] == findings(scene, CODE)
    assert 1 == len(findings(scene, "smtp-deferred"))


def test_reverse_name_that_the_reply_names() -> None:
    scene = Scene()
    deferred(scene, no_reverse_name, "450 4.7.25 Client host rejected: cannot find your hostname")

    assert 1 == len(findings(scene, CODE))


def test_one_domain_alone_is_not_the_receivers_resolver() -> None:
    """It answered for others meanwhile: the domain's own name servers may be down."""
    scene = Scene()
    scene.told("fine.example", "MX", "10 mx.fine.example.")
    deferred(scene, servfail, UNKNOWN)

    found = finding(scene, CODE)

    assert "unknown" == str(found.blame.side)
    assert "the name servers of sender.example itself are down" in found.still_possible[0]
