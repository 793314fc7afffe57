"""Ties what a receiver's log claims of its clients to the connections on the wire."""

from collections.abc import Iterator

from wiretruth.ledger.contacts import client_is_near
from wiretruth.ledger.hosts import is_loopback
from wiretruth.ledger.log_case import REACH, clients_of
from wiretruth.ledger.log_host import LogHost
from wiretruth.ledger.log_scene import Scene
from wiretruth.ledger.sayings import Saying, agrees, plain
from wiretruth.model.log import Difference, JudgedLine, LoggedClient, Reason, Verdict
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
        said = list(self._said(claim, at - REACH, latest))
        for saying in said:
            if claim.address in clients_of(saying.contact):
                return self._confirmed(claim, host, at, saying.contact, ("queue id or refusal", "address"))
        if said and client_is_near(said[0].contact.connection) is True:
            return JudgedLine(at, claim, Verdict.UNPROVABLE, Reason.OTHER_SIDE, said[0].contact.connection)
        if said and not is_loopback(claim.address):
            return self._contradicted(claim, host, at, said[0])
        for contact in self._scene.with_client(claim.address, at - REACH, latest):
            over = contact.connection.nearest.last.at + REACH
            if _has_port(claim, contact) and over >= at:
                return self._confirmed(claim, host, at, contact, ("address", "time"))
        reason = Reason.ON_HOST if is_loopback(claim.address) else Reason.NOT_SEEN
        return JudgedLine(at, claim, Verdict.UNPROVABLE, reason)

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

    def _contradicted(self, claim: LoggedClient, host: LogHost, at: int, saying: Saying) -> JudgedLine:
        host.took(saying.contact)
        ties = ("queue id in the reply",) if claim.queue_id else ("HELO name", "recipient", "reply text")
        return JudgedLine(
            at, claim, Verdict.CONTRADICTED, connection=saying.contact.connection, tied_by=ties,
            reply=saying.reply, differs=Difference.CLIENT,
        )  # fmt: skip


def _has_port(claim: LoggedClient, contact: Contact) -> bool:
    return claim.port is None or any(
        (s.client.address, s.client.port) == (claim.address, claim.port) for s in contact.connection.sightings
    )


def _is_its_helo(claim: LoggedClient, contact: Contact) -> bool:
    dialogue = contact.connection.dialogue
    return claim.helo is None or dialogue is None or (dialogue.helo or "").lower() == claim.helo.lower()
