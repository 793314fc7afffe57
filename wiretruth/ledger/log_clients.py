"""Ties what a receiver's log claims of its clients to the connections on the wire."""

from collections.abc import Iterator
from dataclasses import replace

from wiretruth.ledger.contacts import client_is_near
from wiretruth.ledger.hosts import is_loopback
from wiretruth.ledger.log_case import REACH, clients_of
from wiretruth.ledger.log_host import LogHost
from wiretruth.ledger.log_scene import Scene
from wiretruth.ledger.sayings import Saying, agrees, plain
from wiretruth.model.log import Difference, JudgedLine, LoggedClient, Reason, Verdict
from wiretruth.model.networks import is_inside
from wiretruth.model.statements import Contact


class Clients:
    """Judges lines that tell who connected."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def judge(self, claim: LoggedClient, host: LogHost, at: int) -> JudgedLine:
        """Judge one line.

        Args:
            claim: of the line.
            host: that wrote it; it learns its own addresses from lines that are tied.
            at: when it was written, by the clock of the capture.
        """
        latest = at + claim.line.time.grain + host.slack
        judged = self._by_words(claim, host, at, latest) or self._by_address(claim, host, at, latest)
        reason = Reason.ON_HOST if is_loopback(claim.address) else Reason.NOT_SEEN
        return judged or JudgedLine(at, claim, Verdict.UNPROVABLE, reason)

    def _by_words(self, claim: LoggedClient, host: LogHost, at: int, latest: int) -> JudgedLine | None:
        said = list(self._said(claim, at - REACH, latest))
        for saying in said:
            if _is_hidden(claim, saying.contact):
                return self._contradicted_by_words(claim, host, at, saying)
            if claim.address in clients_of(saying.contact):
                return self._confirmed(claim, host, at, saying.contact, ("queue id or refusal", "address"))
        if said and client_is_near(said[0].contact.connection) is True:
            return JudgedLine(at, claim, Verdict.UNPROVABLE, Reason.OTHER_SIDE, said[0].contact.connection)
        if said and not is_loopback(claim.address):
            return self._contradicted_by_words(claim, host, at, said[0])
        return None

    def _by_address(self, claim: LoggedClient, host: LogHost, at: int, latest: int) -> JudgedLine | None:
        near = [c for c in self._scene.with_client(claim.address, at - REACH, latest) if _may_be(claim, c, at)]
        ties = ("address", "time")
        if near and len({c.connection.client.address for c in near}) == 1 and _is_hidden(claim, near[0]):
            return _contradicted(claim, host, at, near[0], ties)
        return self._confirmed(claim, host, at, near[0], ties) if near else None

    def _said(self, claim: LoggedClient, start: int, end: int) -> Iterator[Saying]:
        """Give what this server said itself: its queue id in the reply to the message, or its refusal of a recipient."""
        if claim.queue_id:
            yield from self._scene.sayings.with_word(claim.queue_id, start, end)
        elif claim.reply is not None and claim.recipient is not None:
            text = plain(claim.reply)
            found = self._scene.sayings.to(claim.recipient, start, end)
            yield from (s for s in found if agrees(text, s.reply) and _is_its_helo(claim, s.contact))

    def _confirmed(
        self, claim: LoggedClient, host: LogHost, at: int, contact: Contact, ties: tuple[str, ...]
    ) -> JudgedLine:
        host.took(contact)
        return JudgedLine(at, claim, Verdict.CONFIRMED, connection=contact.connection, tied_by=ties)

    def _contradicted_by_words(self, claim: LoggedClient, host: LogHost, at: int, saying: Saying) -> JudgedLine:
        ties = ("queue id in the reply",) if claim.queue_id else ("HELO name", "recipient", "reply text")
        return replace(_contradicted(claim, host, at, saying.contact, ties), reply=saying.reply)


def _contradicted(claim: LoggedClient, host: LogHost, at: int, contact: Contact, ties: tuple[str, ...]) -> JudgedLine:
    host.took(contact)
    connection = contact.connection
    return JudgedLine(at, claim, Verdict.CONTRADICTED, connection=connection, tied_by=ties, differs=Difference.CLIENT)


def _may_be(claim: LoggedClient, contact: Contact, at: int) -> bool:
    return _has_port(claim, contact) and contact.connection.nearest.last.at + REACH >= at


def _is_hidden(claim: LoggedClient, contact: Contact) -> bool:
    """A vantage nearer the client shows who came from outside, and the line names a host of the site in its place."""
    client = contact.connection.client.address
    return (
        claim.address != client
        and is_inside(claim.address)
        and not is_inside(client)
        and not is_loopback(claim.address)
    )


def _has_port(claim: LoggedClient, contact: Contact) -> bool:
    return claim.port is None or any(
        (s.client.address, s.client.port) == (claim.address, claim.port) for s in contact.connection.sightings
    )


def _is_its_helo(claim: LoggedClient, contact: Contact) -> bool:
    dialogue = contact.connection.dialogue
    return claim.helo is None or dialogue is None or (dialogue.helo or "").lower() == claim.helo.lower()
