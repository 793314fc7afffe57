"""The backup first: what a sender owes, and all that may excuse it."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, RST, SYN
from tests.rules.scene import MTA, MX1, MX2, OUTSIDER, STRANGER, Scene, finding, findings, frames_of, grade
from tests.rules.session import Session, inbound, resent

CODE = "mx-order-violated"


def test_the_backup_without_trying_the_better_host() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    Session(scene, MX2).delivers(name="mail2.example.net")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        "10.10.0.5 took mail for example.net to mail2.example.net [198.51.100.20] (preference 20) "
        "without trying mail1.example.net [198.51.100.10] (preference 10) first"
    )
    assert [2, 4, 6, 7] == frames_of(found)


def test_loss_leaves_it_possible() -> None:
    scene = Scene(kernel_drops=30)
    scene.example_net(MX1, MX2)
    Session(scene, MX2).delivers(name="mail2.example.net")

    assert grade(finding(scene, CODE)) == ("info", "possible")


def in_order(scene: Scene) -> None:
    scene.example_net(MX1, MX2)
    Session(scene).delivers()


def refused_first(scene: Scene) -> None:
    scene.example_net(MX1, MX2)
    session = Session(scene)
    session.syn()
    session.send(False, RST | ACK, seq=0)
    Session(scene, MX2).delivers(name="mail2.example.net")


def silent_first(scene: Scene) -> None:
    scene.example_net(MX1, MX2)
    session = Session(scene)
    session.syn()
    resent(session, True, 1, 2, 4)
    scene.wait(23)
    Session(scene, MX2).delivers(name="mail2.example.net")


def told_off_first(scene: Scene) -> None:
    scene.example_net(MX1, MX2)
    session = Session(scene).connect()
    session.hears("421 4.3.2 too busy")
    session.close()
    Session(scene, MX2).delivers(name="mail2.example.net")


def equal(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 a.example.net.", "10 b.example.net.")
    scene.told("a.example.net", "A", MX1)
    scene.told("b.example.net", "A", MX2)
    Session(scene, MX2).delivers(name="b.example.net")


def better_unresolved(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mail1.example.net.", "20 mail2.example.net.")
    scene.told("mail2.example.net", "A", MX2)
    Session(scene, MX2).delivers(name="mail2.example.net")


def better_speaks_only_ipv6(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mail1.example.net.", "20 mail2.example.net.")
    scene.told("mail1.example.net", "AAAA", "2001:db8::25")
    scene.told("mail1.example.net", "A")
    scene.told("mail2.example.net", "A", MX2)
    Session(scene, MX2).delivers(name="mail2.example.net")


def we_are_the_better_host(scene: Scene) -> None:
    scene.told("example.net", "MX", "10 mta.corp.example.", "20 mail2.example.net.")
    scene.told("mta.corp.example", "A", MTA)
    scene.told("mail2.example.net", "A", MX2)
    Session(scene, MX2).delivers(name="mail2.example.net")


def seen_at_the_backup(scene: Scene) -> None:
    """On the backup's own host a stranger's attempts elsewhere do not pass."""
    scene.example_net(MX1, MX2, client=MX2)
    inbound(scene, client=OUTSIDER, server=MX2).delivers(name="mail2.example.net")


def unknown_address_first(scene: Scene) -> None:
    """It may be the better host's other address, or what a rule made of it."""
    scene.example_net(MX1, MX2)
    session = Session(scene, STRANGER)
    session.syn()
    session.send(False, RST | ACK, seq=0)
    Session(scene, MX2).delivers(name="mail2.example.net")


def open_connection_used_again(scene: Scene) -> None:
    scene.told("first.example", "MX", "10 mail2.example.net.")
    scene.told("mail2.example.net", "A", MX2)
    session = Session(scene, MX2).connect().greeted("mail2.example.net").envelope("a@first.example")
    session.message()
    scene.example_net(MX1, MX2)
    refused = Session(scene)
    refused.syn()
    refused.send(False, RST | ACK, seq=0)
    session.envelope().message()
    session.quit()


@pytest.mark.parametrize(
    "innocent",
    [
        in_order,
        refused_first,
        silent_first,
        told_off_first,
        equal,
        better_unresolved,
        better_speaks_only_ipv6,
        we_are_the_better_host,
        seen_at_the_backup,
        unknown_address_first,
        open_connection_used_again,
    ],
)
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)


def test_a_trap_for_those_who_skip_the_order_is_told() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    session = Session(scene, MX2).connect().greeted("mail2.example.net")
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    frame = session.asks("RCPT TO:<bob@example.net>", "451 4.7.1 Try the first exchanger")
    session.quit()
    Session(scene).delivers()

    found = finding(scene, CODE)

    assert frame == frames_of(found)[-1]
    assert "as hosts do that are there to catch who skips the order" in found.evidence[-1].text
    assert f"was accepted by {MX1}:25" in finding(scene, "smtp-greylisted").summary


@pytest.mark.parametrize("seen", ["the server's packets only", "no SYN"])
def test_where_no_attempt_can_show_it_is_possible(seen: str) -> None:
    """A capture of one direction, or begun behind a filter: of the attempt at the better host nothing would stand there."""
    scene = Scene()
    scene.example_net(MX1, MX2)
    session = Session(scene, MX2)
    session.send(True, SYN, seen=False)
    session.syn_ack()
    session.send(True, ACK, seen=seen == "no SYN")
    session.greeted("mail2.example.net").envelope().message()

    assert {("info", "possible")} == {grade(found) for found in findings(scene, CODE)}
