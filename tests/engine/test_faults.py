"""Whose fault: each delivery that failed, came late, went elsewhere or ended unseen, and none that went well."""

import time
from dataclasses import replace

import pytest

from tests.reports import scenes
from tests.rules.scene import MX1, MX2, STRANGER, Scene
from tests.rules.session import Session, inbound, resent
from wiretruth.engine.faults import with_faults
from wiretruth.model.delivery import Delivery, DeliveryFault, DeliveryOutcome
from wiretruth.model.finding import Party


def only(scene: Scene) -> Delivery:
    (delivery,) = scene.report().deliveries
    return delivery


def fault(scene: Scene) -> DeliveryFault:
    found = only(scene).fault
    assert found is not None
    return found


def told(found: DeliveryFault) -> tuple[str, bool | None, bool | None, str | None]:
    return str(found.blame.side), found.blame.temporary, found.blame.mail_safe, found.code


def refused(scene: Scene, reply: str, recipient: str = "bob@example.net") -> None:
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    session.asks(f"RCPT TO:<{recipient}>", reply)
    session.quit()


def test_mail_that_went_well_has_none() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers()

    assert only(scene).fault is None


@pytest.mark.parametrize(
    ("reply", "expected", "fate"),
    [
        ("550 5.1.1 unknown", ("recipient", False, False, "smtp-rejected"), "the sender gives up and tells its author"),
        ("451 4.3.2 later", ("recipient", True, True, "smtp-deferred"), "nothing is lost, the sender tries again"),
        (
            "554 5.7.1 blocked using bl.lists.example",
            ("sender", False, False, "smtp-blocklisted"),
            "the sender gives up and tells its author",
        ),
    ],
)
def test_refused(reply: str, expected: tuple[str, bool, bool, str], fate: str) -> None:
    scene = Scene()
    scene.example_net()
    refused(scene, reply)

    assert expected == told(fault(scene))
    assert fault(scene).sentence.endswith(fate)


def test_late_by_greylisting() -> None:
    scene = Scene()
    scene.example_net()
    refused(scene, "450 4.7.1 Greylisted")
    scene.wait(300)
    Session(scene).delivers()

    found = fault(scene)

    assert ("recipient", True, True, "smtp-greylisted") == told(found)
    assert "it was accepted at attempt 2, 5 min" in found.sentence


def test_dead_host_then_fallback() -> None:
    scene = Scene()
    scene.example_net(MX1, MX2)
    session = Session(scene)
    session.syn()
    resent(session, True, 1, 2, 4, 8, 16)
    Session(scene, MX2).delivers()

    assert "connect-blackholed" == fault(scene).code
    assert "accepted at attempt 2" in fault(scene).sentence


def test_accepted_by_the_wrong_host() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER).delivers()

    found = fault(scene)

    assert "destination-rewritten" == found.code
    assert found.sentence.endswith("who took it is not whom it was meant for")
    assert any("capture" in one for one in found.decided_by)


def test_the_receivers_resolver() -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    scene.ask("sender.example", "MX").answer(rcode="SERVFAIL")
    session.hears("450 4.1.8 <a@sender.example>: Sender address rejected: Domain not found")
    session.quit()

    assert ("recipient-resolver", True, True, "deferral-caused-by-dns") == told(fault(scene))


def test_hidden_by_tls() -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.asks("STARTTLS", "220 go ahead")
    session.send(True, 0x18, bytes.fromhex("160301000501000001" + "00"))
    session.close()

    found = fault(scene)

    assert ("unknown", None, None, None) == told(found)
    assert "hidden by TLS" in found.sentence
    assert "the sender's mail log" in found.decided_by


def test_findings_of_other_hosts_and_times_accuse_nobody() -> None:
    """The same code for another client, another server, or long before, is not this delivery's."""
    delivery = scenes.delivery()
    attempt = delivery.attempts[0]
    failed = delivery._replace(
        outcome=DeliveryOutcome.DEFERRED,
        attempts=(attempt._replace(outcome=DeliveryOutcome.DEFERRED, reply=scenes.reply(0, 1, 451, "no")),),
    )
    right = replace(
        scenes.REWRITTEN,
        code="smtp-deferred",
        at=attempt.at,
        observed=Party(str(attempt.connection.server.address), 25),
    )
    wrong = [
        replace(right, client="10.10.0.9"),
        replace(right, intended=Party("192.0.2.1"), observed=None),
        replace(right, at=attempt.at - 1),
        replace(right, code="smtp-greylisted", at=attempt.connection.nearest.last.at + 1),
    ]

    assert [None] == [d.fault for d in with_faults([failed], wrong)]
    (found,) = with_faults([failed], [*wrong, right])
    assert found.fault is not None
    assert "smtp-deferred" == found.fault.code


def test_many_refusals_of_one_pair_are_near_linear() -> None:
    delivery = scenes.delivery()
    attempt = delivery.attempts[0]
    second = scenes.SECOND
    reply = scenes.reply(0, 1, 451, "no")

    def moved(n: int) -> Delivery:
        near = replace(
            attempt.connection.nearest,
            opened=attempt.connection.nearest.opened._replace(at=n * second),
            last=attempt.connection.nearest.last._replace(at=n * second + 9),
        )
        connection = attempt.connection._replace(sightings=(near,))
        other = attempt._replace(at=n * second, connection=connection, outcome=DeliveryOutcome.DEFERRED, reply=reply)
        return delivery._replace(outcome=DeliveryOutcome.DEFERRED, attempts=(other,))

    many = [moved(n) for n in range(5_000)]
    findings = [replace(scenes.REWRITTEN, code="smtp-deferred", at=n * second + 1) for n in range(5_000)]
    begun = time.perf_counter()

    assert all(d.fault for d in with_faults(many, findings))
    assert time.perf_counter() - begun < 3


def test_recipients_accepted_one_after_the_other() -> None:
    """No single attempt was accepted as a whole, and the delivery was."""
    scene = Scene()
    scene.example_net()
    for replies in (("250 Ok", "450 4.2.2 full"), ("450 4.2.1 later", "250 Ok")):
        session = Session(scene).connect().greeted()
        session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
        for mailbox, reply in zip(("bob", "eve"), replies, strict=True):
            session.asks(f"RCPT TO:<{mailbox}@example.net>", reply)
        session.message()
        session.quit()
        scene.wait(60)

    assert only(scene).fault is not None
