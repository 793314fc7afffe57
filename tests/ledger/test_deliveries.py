"""A delivery is one client's mail for one domain: its attempts in order, its end by each recipient's last word."""

import time
from dataclasses import replace

import pytest

from tests.ledger.made import MTA, MX1, MX2, STRANGER, contact, dialogue, mail, reply, sighting, told
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.deliveries import last_words, step_reached
from wiretruth.model.delivery import Delivery, DeliveryOutcome
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import Outcome
from wiretruth.model.smtp import Exchange, Reply, Step
from wiretruth.model.statements import Contact, Resolution

BOB, EVE = "bob@example.net", "eve@example.net"
ASKED = [
    told("MX example.net", "example.net MX 10 mail.example.net"),
    told("A mail.example.net", f"mail.example.net A {MX1}"),
]


def deliveries(*statements: Contact | Resolution) -> tuple[Delivery, ...]:
    ledger = Ledger()
    ledger.add(
        [*(s for s in statements if isinstance(s, Resolution)), *(s for s in statements if isinstance(s, Contact))]
    )
    ledger.settle()
    return ledger.deliveries


def sent(*recipients: tuple[str, int | None], at: int = 1, verdict: int | None = 250, server: str = MX1) -> Contact:
    return contact(
        sighting(server, at=at, serial=at), dialogue=dialogue(mail(*recipients, at=at, verdict=verdict), at=at)
    )


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ([sent((BOB, 250))], DeliveryOutcome.ACCEPTED),
        ([sent((BOB, 550))], DeliveryOutcome.REJECTED),
        ([sent((BOB, 450))], DeliveryOutcome.DEFERRED),
        ([sent((BOB, 250), verdict=None)], DeliveryOutcome.UNKNOWN),
        ([sent((BOB, 250), verdict=452)], DeliveryOutcome.DEFERRED),
        ([sent((BOB, 250), (EVE, 550))], DeliveryOutcome.REJECTED),
        ([sent((BOB, 450)), sent((BOB, 250), at=2)], DeliveryOutcome.ACCEPTED),
        ([sent((BOB, 450)), sent((BOB, 250), at=2, verdict=None)], DeliveryOutcome.DEFERRED),
        ([sent((BOB, 250)), sent((EVE, 450), at=2)], DeliveryOutcome.DEFERRED),
        ([contact(sighting(answered=None)), sent((BOB, 250), at=2, server=MX2)], DeliveryOutcome.ACCEPTED),
    ],
)
def test_outcome_by_recipient(attempts: list[Contact], expected: DeliveryOutcome) -> None:
    """A retry that was accepted outweighs the greylisting before it; an end that nobody saw outweighs nothing."""
    one = deliveries(*ASKED, *attempts)

    assert [("example.net", expected, len(attempts))] == [(d.domain, d.outcome, len(d.attempts)) for d in one]


def test_several_domains_share_a_connection() -> None:
    shared = sent((BOB, 250), ("x@other.example", 550), (EVE, 250), ("postmaster", 250))
    found = {d.domain: (d.recipients, d.outcome) for d in deliveries(shared)}

    assert {
        "example.net": ((BOB, EVE), DeliveryOutcome.ACCEPTED),
        "other.example": (("x@other.example",), DeliveryOutcome.REJECTED),
        "": (("postmaster",), DeliveryOutcome.ACCEPTED),
    } == found


def test_several_transactions_of_one_dialogue() -> None:
    said = dialogue(mail((BOB, 450), at=1), mail((BOB, 250), at=2))
    one = deliveries(contact(sighting(), dialogue=said))

    assert [(DeliveryOutcome.ACCEPTED, 1)] == [(d.outcome, len(d.attempts)) for d in one]


def test_what_was_expected_and_looked_up() -> None:
    (one,) = deliveries(*ASKED, sent((BOB, 250), server=STRANGER))

    assert [("mail.example.net", (MX1,))] == [(h.name, h.addresses) for h in one.expected]
    assert ["MX", "A"] == [x.nearest.question.type for x in one.lookups]


def test_unknown_domains_are_apart_by_server_and_local_connections_left_out() -> None:
    local = contact(sighting("127.0.0.1", client="127.0.0.1", at=5, serial=5))
    found = deliveries(
        contact(sighting(MX1)), contact(sighting(MX2, at=1, serial=1)), contact(sighting(MX1, at=2, serial=2)), local
    )

    assert [("", 2), ("", 1)] == [(d.domain, len(d.attempts)) for d in found]


@pytest.mark.parametrize(
    ("ttl", "answered", "port", "expected"),
    [(64, 57, 25, False), (50, 64, 25, True), (50, 64, 587, False), (60, 60, 25, False)],
)
def test_inbound_is_a_far_client_at_a_near_server(ttl: int, answered: int, port: int, expected: bool) -> None:
    (one,) = deliveries(contact(sighting(ttl=ttl, answered=answered, port=port)))

    assert expected is one.inbound


def test_who_asks_names_is_at_home_where_hops_do_not_tell() -> None:
    inbound = contact(sighting(MTA, client="192.0.2.9", ttl=60, answered=60, at=1))
    (one,) = deliveries(*ASKED, inbound)

    assert one.inbound


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.REFUSED, Step.CONNECT),
        (Outcome.REJECTED, Step.CONNECT),
        (Outcome.UNANSWERED, Step.CONNECT),
        (Outcome.HALF_OPEN, Step.CONNECT),
        (Outcome.ESTABLISHED, Step.BANNER),
        (Outcome.MIDSTREAM, Step.BANNER),
    ],
)
def test_step_reached_without_a_word(outcome: Outcome, expected: Step) -> None:
    assert expected is step_reached(contact(sighting(outcome=outcome)))


def test_step_reached_in_a_dialogue() -> None:
    said = replace(
        dialogue(), exchanges=(Exchange(Step.EHLO, None, 0, 1, reply(250)), Exchange(Step.RCPT, None, 1, 2, None))
    )

    assert Step.RCPT is step_reached(contact(sighting(), dialogue=said))


def test_many_domains_in_one_dialogue_are_heard_once() -> None:
    """Thousands of domains in a crafted dialogue: each transaction is gone through once, not once a domain."""
    said = dialogue(*(mail((f"x@d{n}.example", 250), at=n) for n in range(6_000)))
    begun = time.perf_counter()
    found = deliveries(contact(sighting(), dialogue=said))

    assert 6_000 == len(found)
    assert time.perf_counter() - begun < 8
    assert {} == last_words(None)


def test_each_attempt_has_its_own_end_and_cost() -> None:
    first, second = sent((BOB, 450)), sent((BOB, 250), at=9)
    accepted = second._replace(
        connection=second.connection._replace(
            sightings=(replace(sighting(MX1, at=9, serial=9), last=Mark(14, 20)),),
            dialogue=dialogue(mail((BOB, 250), at=9)._replace(reply=Reply(9, 1, 250, None, ("Ok: queued as AB12",)))),
        )
    )
    (one,) = deliveries(*ASKED, first, accepted)

    assert [DeliveryOutcome.DEFERRED, DeliveryOutcome.ACCEPTED] == [a.outcome for a in one.attempts]
    assert [None, "AB12"] == [a.queue_id for a in one.attempts]
    assert [0, 5] == [a.took for a in one.attempts]
    assert "AB12" == one.queue_id


@pytest.mark.parametrize(("client", "expected"), [("10.10.0.5", [MX1, MX2]), (MX2, [MX1]), (MX1, [])])
def test_a_mail_host_of_the_domain_tries_only_better_ones(client: str, expected: list[str]) -> None:
    """RFC 5321 section 5.1: loops are prevented by leaving out oneself, and all that comes behind."""
    asked = [
        told("MX example.net", "example.net MX 10 a.example.net", "example.net MX 20 b.example.net", client=client),
        told("A a.example.net", f"a.example.net A {MX1}", client=client),
        told("A b.example.net", f"b.example.net A {MX2}", client=client),
    ]
    (one,) = deliveries(*asked, contact(sighting(STRANGER, client=client), dialogue=dialogue(mail((BOB, 250)))))

    assert expected == [address for host in one.expected for address in host.addresses]


def test_what_came_in_shows_what_we_asked_while_we_decided() -> None:
    call = sighting(MTA, client="192.0.2.9", at=1, ttl=50, answered=64, last=Mark(9, 9))
    asked = [told("PTR 9.2.0.192.in-addr.arpa", at=3), told("A elsewhere.example", at=4)]
    (one,) = deliveries(*asked, contact(call, dialogue=dialogue(mail((BOB, 250), at=2), at=1)))

    assert one.inbound
    assert ["9.2.0.192.in-addr.arpa"] == [x.nearest.question.name for x in one.deciding]
