"""What one vantage shows of somebody nearer who answers in a server's place. Each indicator has innocent explanations of its own."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import islice
from typing import Final

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import client_is_near, is_submission, stays_on_host
from wiretruth.ledger.hosts import hops_behind
from wiretruth.model.durations import duration
from wiretruth.model.finding import Evidence
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Step
from wiretruth.model.statements import Contact
from wiretruth.rules._networks import is_inside
from wiretruth.rules._telling import name_of
from wiretruth.rules.banner_mismatch import organisation

NETWORKS: Final = 3
"""So many networks are not all on the link of one host."""

REPLIES: Final = 3
"""Replies to simple commands that must all be slow: one may have waited for a lookup."""

SLOWER: Final = 20
"""Times the handshake: what a proxy fetches from afar takes a round trip to there, its handshake one to the next room."""

SLOW: Final = NANOSECONDS // 100
"""Below this a reply is quick, however quick the handshake was."""

SAMPLE: Final = 256
"""Contacts looked at."""

_SIMPLE: Final = frozenset({Step.EHLO, Step.MAIL, Step.QUIT})
"""Commands that servers answer without asking anybody."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that does not fit, with the records that show it."""

    kind: str
    words: str
    evidence: tuple[Evidence, ...]


def answered_nearby(contact: Contact) -> Hashable:
    """Give vantage and client of a connection to a far address that was answered from no hop away; else ``None``."""
    connection = contact.connection
    sighting = connection.nearest
    if not sighting.syn_acks or not sighting.syns or stays_on_host(connection) or is_submission(connection):
        return None
    if is_inside(sighting.server.address) or hops_behind(sighting.syn_acks[0].ttl) != 0:
        return None
    return (sighting.vantage, sighting.client.address) if client_is_near(connection) is not False else None


def indicators(contacts: Sequence[Contact], ledger: Ledger) -> list[Indicator]:
    """Weigh connections of one client that were answered from no hop away; each kind of indicator once, and independent."""
    sample = list(islice(contacts, SAMPLE))
    found: list[Indicator] = []
    for indicator in (_near(sample, ledger), _slow(sample), _alike(sample, ledger)):
        found += indicator
    return found


def _near(contacts: list[Contact], ledger: Ledger) -> Iterator[Indicator]:
    """By TTL: the same address answers from afar otherwise, or many networks are all no hop away."""
    for contact in contacts:
        near = contact.connection.nearest
        for other in islice(ledger.contacts.to(near.server.address), SAMPLE):
            far = other.connection.nearest
            hops = hops_behind(far.syn_acks[0].ttl) if far.syn_acks and far.vantage == near.vantage else None
            if hops and not far.reply_source:
                words = f"{near.server} answers from no hop away, and {far.server} from {_hops(hops)}"
                yield Indicator("distance", words, (_syn_ack(near), _syn_ack(far)))
                return
    several = _one_a_network(contacts)
    if len(several) >= NETWORKS:
        words = f"hosts in {len(several)} networks all answer from no hop away"
        yield Indicator("distance", words, tuple(_syn_ack(c.connection.nearest) for c in several[:NETWORKS]))


def _slow(contacts: list[Contact]) -> Iterator[Indicator]:
    """By time: the handshake is quick, and no reply is."""
    for contact in contacts:
        sighting, dialogue = contact.connection.nearest, contact.connection.dialogue
        if dialogue is None or sighting.syn_count != 1 or dialogue.missing_octets:
            continue
        handshake = sighting.syn_acks[0].at - sighting.syns[0].at
        waits = [
            (x.reply.at - x.asked, x.reply.frame)
            for x in dialogue.exchanges
            if x.step in _SIMPLE and x.reply is not None
        ]
        if len(waits) < REPLIES or handshake <= 0:
            continue
        quickest, frame = min(waits)
        if quickest >= max(SLOW, SLOWER * handshake):
            words = f"the handshake took {duration(handshake)}, and the quickest reply {duration(quickest)}"
            yield Indicator("time", words, (Evidence(words, sighting.vantage, (sighting.syn_acks[0].frame, frame)),))
            return


def _alike(contacts: list[Contact], ledger: Ledger) -> Iterator[Indicator]:
    """By what they are: hosts of many networks, and of many organisations by their names, greet in the same words."""
    owners = {organisation(name) for c in contacts if (name := _name(c, ledger)) is not None}
    if len(owners) < NETWORKS:
        return
    greeted = [c for c in contacts if c.connection.dialogue and c.connection.dialogue.greeting]
    several = _one_a_network(greeted)
    names = {
        c.connection.dialogue.greeting.lines
        for c in several
        if c.connection.dialogue and c.connection.dialogue.greeting
    }
    if len(several) < NETWORKS or len(names) != 1:
        return
    (lines,) = names
    said = lines[0] if lines else ""
    shown = tuple(
        Evidence(f"{c.connection.server} greets: {said}", d.vantage, (d.greeting.frame,))
        for c in several[:NETWORKS]
        if (d := c.connection.dialogue) and d.greeting
    )
    yield Indicator("greeting", f"hosts in {len(several)} networks greet in the same words: {said}", shown)


def _name(contact: Contact, ledger: Ledger) -> str | None:
    connection = contact.connection
    return name_of(ledger, connection.client.address, connection.server.address, contact.at)


def _one_a_network(contacts: list[Contact]) -> list[Contact]:
    """Give one contact for each network (/16, or /32 of IPv6) in which servers were contacted."""
    found: dict[bytes, Contact] = {}
    for contact in contacts:
        packed = ip_address(contact.connection.server.address).packed
        found.setdefault(packed[: 2 if len(packed) == 4 else 4], contact)  # noqa: PLR2004 - octets of an IPv4 address
    return list(found.values())


def _syn_ack(sighting: Sighting) -> Evidence:
    mark = sighting.syn_acks[0]
    return Evidence(f"SYN-ACK of {sighting.server}, TTL {mark.ttl}", sighting.vantage, (mark.frame,))


def _hops(hops: int) -> str:
    return f"{hops} hop{'' if hops == 1 else 's'} away"
