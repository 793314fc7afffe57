"""Resolver answers against observed connections: true differences, and their innocent twins."""

import pytest

from tests.engine.stage import read
from tests.rules.scene import MX1, MX2, STRANGER, Scene
from tests.rules.session import Session, View, inbound, resent
from wiretruth.engine.comparing import compare, questions
from wiretruth.engine.settings import Settings
from wiretruth.model.comparison import Comparison, Entry
from wiretruth.model.finding import Severity

V6 = "2001:db8::25"
EVERYTHING = Settings(every_lookup=True)


def compared(scene: Scene) -> Comparison:
    return compare(read(scene, settings=EVERYTHING))


def marks(scene: Scene) -> list[str]:
    return [f"{entry.mark}{entry.data}" for entry in compared(scene).entries]


def differences(scene: Scene) -> list[Entry]:
    return [e for e in compared(scene).entries if e.severity not in (None, Severity.INFO)]


def words(scene: Scene, address: str) -> str:
    return next(e.words for e in compared(scene).entries if e.data == address)


def test_answered_and_contacted() -> None:
    scene = Scene()
    scene.example_net(MX1)
    Session(scene, MX1).delivers()

    assert [f" {MX1}"] == marks(scene)
    assert [None] == [e.severity for e in compared(scene).entries]
    (hunk,) = compared(scene).hunks
    assert ("10.10.0.5", "example.net", "MX 10 mail1.example.net, says 198.51.100.53") == hunk[:3]
    assert "198.51.100.53 told 10.10.0.5 at 2026-11-20 18:29:43," in words(scene, MX1)
    assert "TTL 300 s, still good at the contact; contacted at 2026-11-20 18:29:43: connected" in words(scene, MX1)


def test_contacted_and_never_answered() -> None:
    scene = Scene()
    scene.example_net(MX1)
    Session(scene, STRANGER).delivers()

    assert [f"-{MX1}", f"+{STRANGER}"] == marks(scene)
    assert 2 == len(differences(scene))


def test_a_better_host_was_left_out() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    Session(scene, MX2).delivers()

    assert [f"-{MX1}", f" {MX2}"] == marks(scene)
    assert "never contacted" in words(scene, MX1)


def test_a_fallback_that_was_not_needed() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    Session(scene, MX1).delivers()

    assert [f" {MX1}", f" {MX2}"] == marks(scene)
    assert "not needed: mail1.example.net took the call" in words(scene, MX2)
    assert [None, Severity.INFO] == [e.severity for e in compared(scene).entries]


def test_a_fallback_that_was_used() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    session = Session(scene, MX1)
    session.syn()
    resent(session, True, 1, 2, 4, 8)
    Session(scene, MX2).delivers()

    assert [f" {MX1}", f" {MX2}"] == marks(scene)
    assert "no answer" in words(scene, MX1)


def test_the_capture_ends_too_soon() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    Session(scene, MX1).syn()

    assert [] == differences(scene)
    assert "the capture ends too soon to tell" in words(scene, MX2)


def test_known_from_before_the_capture() -> None:
    scene = Scene()
    Session(scene, MX1).delivers()

    assert [] == differences(scene)
    assert "no answer for it is in the capture" in words(scene, MX1)


def test_an_address_from_before_the_capture() -> None:
    """The MX was asked for, its address was still known."""
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.", "20 mail2.example.net.")
    scene.told("mail2.example.net", "A", MX2)
    Session(scene, MX1).delivers()

    assert [] == differences(scene)
    assert "may be mail1.example.net" in words(scene, MX1)


def test_a_route_of_the_senders_own() -> None:
    scene = Scene()
    scene.example_net(MX1)
    scene.told("relay.other.example", "A", STRANGER)
    Session(scene, STRANGER).delivers()

    assert [] == differences(scene)
    assert "the sender's own routing" in words(scene, STRANGER)
    assert "relay.other.example" in [e.name for e in compared(scene).entries]


def test_the_other_ip_version() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.told("mail1.example.net", "A", MX1)
    scene.told("mail1.example.net", "AAAA", V6)
    Session(scene, MX1).delivers()

    assert [] == differences(scene)


def test_a_host_that_moved() -> None:
    scene = Scene()
    scene.example_net(MX1, ttl=1)
    scene.wait(5)
    scene.told("mail1.example.net", "A", MX2, ttl=300)
    Session(scene, MX1).delivers()

    assert {f"-{MX2}", f"+{MX1}"} == set(marks(scene))
    assert "run out" in words(scene, MX1)


def test_a_host_of_which_both_addresses_are_good() -> None:
    """Answers that turn: the older one is still good."""
    scene = Scene()
    scene.example_net(MX1, ttl=300)
    scene.wait(5)
    scene.told("mail1.example.net", "A", MX2, ttl=300)
    Session(scene, MX1).delivers()

    assert [] == differences(scene)


def test_an_answer_that_ran_out_and_nothing_newer() -> None:
    scene = Scene()
    scene.example_net(MX1, ttl=1)
    scene.wait(5)
    Session(scene, MX1).delivers()

    assert [] == differences(scene)
    assert "run out" in words(scene, MX1)


def test_mail_that_came_in_is_passed_over() -> None:
    scene = Scene()
    inbound(scene).delivers("carol@corp.example", sender="dave@example.org")

    assert ((), 1) == (compared(scene).hunks, compared(scene).passed_over)


def test_hosts_that_only_other_services_contact() -> None:
    scene = Scene()
    scene.example_net(MX1)
    scene.told("www.example.net", "A", STRANGER)
    Session(scene, MX1).delivers()
    Session(scene, STRANGER, 443).connect()

    assert [f" {MX1}"] == marks(scene)


@pytest.mark.parametrize("port", [465, 587])
def test_submission_is_configured(port: int) -> None:
    scene = Scene()
    scene.example_net(MX1)
    Session(scene, STRANGER, port).delivers()

    assert [] == differences(scene)


def test_rewritten_between_two_taps() -> None:
    scene = Scene()
    scene.example_net(MX1)
    Session(scene, MX1, views=(View("lan"), View("wan", hops=1, server=(STRANGER, 25)))).delivers()
    found = differences(scene)

    assert [f"-{MX1}", f"+{STRANGER}"] == [f"{e.mark}{e.data}" for e in found]
    assert "seen at wan" in found[1].words


def test_what_to_ask_again() -> None:
    scene = Scene()
    scene.example_net(MX1)
    scene.told("example.com", "TXT", '"v=spf1 -all"')
    Session(scene, MX1).delivers()

    assert [("example.net", "MX"), ("mail1.example.net", "A")] == list(questions(read(scene, settings=EVERYTHING)))


def test_what_happens_again_and_again_is_told_once() -> None:
    scene = Scene()
    for _ in range(3):
        scene.example_net(MX1)
        Session(scene, MX1).delivers()
        scene.wait(3600)

    assert [f" {MX1}"] == marks(scene)
