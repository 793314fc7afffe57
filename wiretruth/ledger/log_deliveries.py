"""Ties what a sender's log claims to the connections on the wire: by what was said first, by circumstances last."""

from collections.abc import Callable, Hashable, Iterator

from wiretruth.ledger.contacts import client_is_near
from wiretruth.ledger.hosts import is_loopback
from wiretruth.ledger.log_case import (
    AT_ONCE,
    ENDS,
    NEVER_OPEN,
    PATIENCE,
    REACH,
    Case,
    clients_of,
    is_its_name,
    is_named,
    is_opposite,
    once,
    ties_of,
    was_under_way,
)  # fmt: skip
from wiretruth.ledger.log_scene import Scene
from wiretruth.ledger.sayings import Saying, agrees, compared, plain, replies, unique_words
from wiretruth.model.log import Difference, Ending, JudgedLine, Reason, Verdict
from wiretruth.model.sighting import Outcome
from wiretruth.model.smtp import Reply
from wiretruth.model.statements import Contact


class Deliveries:
    """Judges the attempts that logs claim, from what is surest to what is not."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._used: set[Hashable] = set()
        """What was said, and has its line."""
        self._tied: dict[int, set[str | None]] = {}
        """Addresses that lines tied to a connection name, by the serial of its nearest sighting."""

    def judge(self, cases: list[Case]) -> list[JudgedLine]:
        """Judge the claims of all logs; each pass only takes what the ones before left."""
        done: dict[int, JudgedLine] = {}
        passes: tuple[Callable[[Case], JudgedLine | None], ...] = (
            self._confirmed_by_words,
            self._confirmed_by_ending,
            self._contradicted_by_words,
            self._contradicted_by_ending,
            self._by_open_connection,
            self._contradicted_under_tls,
        )
        for one in passes:
            for place, case in enumerate(cases):
                if place not in done and case.claim.address is not None and (judged := one(case)) is not None:
                    done[place] = judged
        return [done.get(place) or self._left(case) for place, case in enumerate(cases)]

    def names_tied_to(self, contact: Contact) -> set[str | None]:
        """Give the addresses that lines tied to this connection name."""
        return self._tied.get(contact.connection.nearest.serial, set())

    # What was said

    def _confirmed_by_words(self, case: Case) -> JudgedLine | None:
        found = [s for s in self._said(case, REACH) if is_named(case.claim, s.contact)]
        if not found:
            return self._confirmed_by_reply(case)
        chosen = min(found, key=lambda s: (once(case, s) in self._used, abs(case.at - s.at)))
        self._used.add(once(case, chosen))
        return self._confirmed(case, chosen.contact, ("address", *ties_of(case)), chosen.reply)

    def _confirmed_by_reply(self, case: Case) -> JudgedLine | None:
        """A line about one host of several, or about the greeting: it has no recipient, or the refusal came before it."""
        text = plain(case.claim.reply or "")
        if not text:
            return None
        for contact in self._named(case, REACH):
            reply = next((r for r in replies(contact.connection.dialogue) if agrees(text, r)), None)
            if reply is not None and reply.at <= case.latest:
                return self._confirmed(case, contact, ("address", "reply text"), reply)
        return None

    def _contradicted_by_words(self, case: Case) -> JudgedLine | None:
        claim = case.claim
        if is_loopback(claim.address or ""):
            return None
        reach = REACH if unique_words(claim.reply or "") else AT_ONCE
        found = [s for s in self._said(case, reach) if once(case, s) not in self._used and self._is_its_own(case, s)]
        servers = {s.contact.connection.contacted for s in found}
        if self._is_open_under_its_name(case):
            return None
        if not found:
            return self._contradicted_by_outcome(case)
        if len(servers) > 1:
            return self._unprovable(case, Reason.UNTOLD)
        chosen = min(found, key=lambda s: abs(case.at - s.at))
        self._used.add(once(case, chosen))
        if client_is_near(chosen.contact.connection) is False:
            return self._unprovable(case, Reason.OTHER_SIDE, chosen.contact)
        differs = Difference.PORT if is_named(claim, chosen.contact, port=False) else Difference.ADDRESS
        return self._contradicted(case, chosen.contact, differs, ties_of(case), chosen.reply)

    def _contradicted_by_outcome(self, case: Case) -> JudgedLine | None:
        """The only thing said of this recipient by this host at that time is the opposite of what the line says."""
        claim = case.claim
        if claim.recipient is None or claim.reply is None:
            return None
        near = self._scene.sayings.to(claim.recipient, case.began, case.latest)
        found = [s for s in near if is_named(claim, s.contact) and once(case, s) not in self._used]
        if len(found) != 1 or not is_opposite(claim.status, found[0].reply) or len(near) != 1:
            return None
        ties = ("address", "recipient", "time")
        return self._contradicted(case, found[0].contact, Difference.OUTCOME, ties, found[0].reply)

    def _said(self, case: Case, reach: int) -> list[Saying]:
        """Give what was said on the wire as the line quotes it, of its recipient or with its queue id."""
        claim = case.claim
        text = plain(claim.reply or "")
        if not text:
            return []
        start, end = case.at - reach, case.latest
        sayings = self._scene.sayings
        found = sayings.to(claim.recipient, start, end) if claim.recipient else []
        mailbox = compared(claim.recipient or "")
        found += [s for s in sayings.with_word(claim.reply or "", start, end) if s.mailbox in ("", mailbox)]
        return [s for s in found if agrees(text, s.reply)]

    def _is_its_own(self, case: Case, saying: Saying) -> bool:
        """Something besides recipient, reply and time says that this host had this dialogue, to reach that address."""
        claim, contact = case.claim, saying.contact
        connection = contact.connection
        if is_named(claim, contact) or any(claim.address == s.client.address for s in connection.sightings):
            return False  # the last: it is the next host's own dialogue, with the host behind it
        answers_for_it = any(s.reply_source and s.reply_source.address == claim.address for s in connection.sightings)
        unique = set(unique_words(claim.reply or "")) & {w for x in saying.reply.lines for w in unique_words(x)}
        if answers_for_it or unique:
            return True
        if is_loopback(connection.contacted.address):
            return False
        known = connection.client.address in case.host.clients or is_its_name(case, contact)
        return known or self._scene.meant_for(contact, claim.address or "")

    # How an attempt ended that came to no reply

    def _confirmed_by_ending(self, case: Case) -> JudgedLine | None:
        ending = case.claim.ending
        if ending is None:
            return None
        never_opened = None
        for contact in self._named(case, PATIENCE):
            outcome = contact.connection.outcome
            if outcome in ENDS[ending] and was_under_way(contact, case):
                return self._confirmed(case, contact, ("address", "outcome", "time"), None)
            if ending is Ending.SILENT and outcome in (Outcome.UNANSWERED, Outcome.HALF_OPEN):
                never_opened = never_opened or contact
        if never_opened is None or not self._hears(never_opened):
            return None
        return self._contradicted(case, never_opened, Difference.OUTCOME, ("address", "time"), None)

    def _contradicted_by_ending(self, case: Case) -> JudgedLine | None:
        """The host was told one address for this mail, says that it tried it, and tried another, with that end."""
        claim = case.claim
        if claim.ending is None or claim.ending in (Ending.LOST, Ending.SILENT) or is_loopback(claim.address or ""):
            return None
        outcomes = ENDS[claim.ending]
        found = [c for c in self._rivals(case, self._scene.with_client) if c.connection.outcome in outcomes]
        certain = bool(found)
        found = found or [c for c in self._rivals(case, self._scene.strays) if c.connection.outcome in outcomes]
        if len({c.connection.contacted for c in found}) != 1:
            return self._unprovable(case, Reason.UNTOLD) if found else None
        ties = ("outcome", "time", "the lookups before it")
        return self._contradicted(case, found[0], Difference.ADDRESS, ties, None, certain=certain)

    # Connections that cannot be read

    def _by_open_connection(self, case: Case) -> JudgedLine | None:
        """A connection to that host was open at that time: what was said in it is not readable, or says nothing of it."""
        for contact in self._named(case, REACH):
            if contact.connection.outcome in NEVER_OPEN or not was_under_way(contact, case):
                continue
            dialogue = contact.connection.dialogue
            if dialogue is not None and dialogue.tls is not None:
                return self._unprovable(case, Reason.ENCRYPTED, contact)
            if case.claim.reply is None and case.claim.ending is None and dialogue is not None:
                return self._confirmed(case, contact, ("address", "time"), None)
            return self._unprovable(case, Reason.UNREADABLE, contact)
        return None

    def _contradicted_under_tls(self, case: Case) -> JudgedLine | None:
        if case.claim.ending is not None or is_loopback(case.claim.address or ""):
            return None
        found = []
        for contact in self._rivals(case, self._scene.with_client):
            dialogue = contact.connection.dialogue
            if dialogue is not None and dialogue.tls is not None and was_under_way(contact, case):
                found.append(contact)
        if len(found) != 1:
            return self._unprovable(case, Reason.ENCRYPTED) if found else None
        ties = ("time", "the lookups before it")
        return self._contradicted(case, found[0], Difference.ADDRESS, ties, None, certain=False)

    def _rivals(self, case: Case, contacts: Callable[[str, int, int], Iterator[Contact]]) -> list[Contact]:
        """Give connections that no line names, of clients that were told the line's address for it and reached another."""
        address = case.claim.address or ""
        found = [
            contact
            for client in sorted(self._scene.told(address) | case.host.clients.keys())
            for contact in contacts(client, case.began, case.latest)
        ]
        found = [c for c in found if self.names_tied_to(c) <= {address} and client_is_near(c.connection) is not False]
        return [c for c in found if self._scene.meant_for(c, address)]

    # What the passes share

    def _named(self, case: Case, reach: int) -> Iterator[Contact]:
        """Give connections to the host that the line names, opened before it, the latest first."""
        address = case.claim.address or ""
        ours = case.host.clients
        for contact in self._scene.with_server(address, case.at - reach, case.latest):
            if is_named(case.claim, contact) and (not ours or clients_of(contact) & ours.keys()):
                yield contact

    def _is_open_under_its_name(self, case: Case) -> bool:
        return any(
            c.connection.dialogue is None or c.connection.dialogue.tls is not None
            for c in self._named(case, REACH)
            if c.connection.outcome not in NEVER_OPEN and was_under_way(c, case)
        )

    def _hears(self, contact: Contact) -> bool:
        """Packets to this client are seen there at all: that none came back says something."""
        vantage, client = contact.connection.nearest.vantage, contact.connection.client.address
        visibility = self._scene.visibility
        return visibility.sees_replies_to(vantage, client) and not visibility.loss_explains(vantage, 1)

    def _left(self, case: Case) -> JudgedLine:
        if case.claim.address is None:
            return self._unprovable(case, Reason.NO_ADDRESS)
        if is_loopback(case.claim.address):
            return self._unprovable(case, Reason.ON_HOST)
        return self._unprovable(case, Reason.REMEMBERED if case.claim.remembers else Reason.NOT_SEEN)

    def _confirmed(self, case: Case, contact: Contact, ties: tuple[str, ...], reply: Reply | None) -> JudgedLine:
        self._tie(case, contact)
        case.host.sent(contact)
        return JudgedLine(
            case.at, case.claim, Verdict.CONFIRMED, connection=contact.connection, tied_by=ties, reply=reply
        )

    def _contradicted(
        self,
        case: Case,
        contact: Contact,
        differs: Difference,
        ties: tuple[str, ...],
        reply: Reply | None,
        *,
        certain: bool = True,
    ) -> JudgedLine:
        self._tie(case, contact)
        case.host.sent(contact)
        return JudgedLine(
            case.at, case.claim, Verdict.CONTRADICTED, connection=contact.connection, tied_by=ties,
            reply=reply, differs=differs, certain=certain,
        )  # fmt: skip

    def _unprovable(self, case: Case, reason: Reason, contact: Contact | None = None) -> JudgedLine:
        if contact is not None:
            self._tie(case, contact)
        return JudgedLine(
            case.at, case.claim, Verdict.UNPROVABLE, reason, contact.connection if contact else None,
            ("address", "time") if contact else (),
        )  # fmt: skip

    def _tie(self, case: Case, contact: Contact) -> None:
        self._tied.setdefault(contact.connection.nearest.serial, set()).add(case.claim.address)
