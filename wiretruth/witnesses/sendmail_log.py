"""Sendmail: one line tells where a message came from, one for each try where it went.

Source: Sendmail Installation and Operation Guide §2.1 (the system log), and lines that Sendmail 8.17 wrote.
"""

import re
from collections.abc import Iterator

from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Claim, LoggedClient, LoggedDelivery, Status
from wiretruth.witnesses._endings import ending
from wiretruth.witnesses._entry import Entry, quoted
from wiretruth.witnesses._hosts import find
from wiretruth.witnesses._memory import Memory

MAX_RECIPIENTS = 100
"""Recipients read of one line: RFC 5321 §4.5.3.1.8 asks servers to take so many in one transaction."""

_PROGRAM = re.compile(r"sendmail|sm-(?:mta|msp-queue|acceptingconnections|client|queue)|MTA|MSA")
_QUEUE_ID = re.compile(r"([0-9A-Za-z]{8,20}): ")
_SENT = re.compile(r"Sent(?: \((.*)\))?")
_DELAY = re.compile(r"(?:(\d{1,4})\+)?(\d{1,2}):(\d\d):(\d\d)")
_BY_CLASS = {"2": Status.SENT, "4": Status.DEFERRED, "5": Status.BOUNCED}
_NETWORK = frozenset({"smtp", "esmtp", "smtp8", "dsmtp", "relay"})


class SendmailLog:
    """Reads the lines of one log."""

    name = "Sendmail"

    def __init__(self, source: str) -> None:
        """Begin a log with the label *source*."""
        self._source = source
        self._senders: Memory[str] = Memory()

    @property
    def given_up(self) -> int:
        """Messages forgotten before their last line came."""
        return self._senders.given_up

    def receive(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims; ``None`` where it is not Sendmail's."""
        if not _PROGRAM.fullmatch(entry.program):
            return None
        found = _QUEUE_ID.match(entry.text)
        queue_id, text = (found[1], entry.text[found.end() :]) if found else ("", entry.text)
        if text.startswith("to="):
            return tuple(self._deliveries(entry, queue_id, text))
        if text.startswith("from="):
            return self._received(entry, queue_id, _facts(text))
        if text.startswith("ruleset="):
            return self._refused(entry, queue_id, text)
        return ()

    def _received(self, entry: Entry, queue_id: str, facts: dict[str, str]) -> tuple[Claim, ...]:
        sender = facts.get("from", "").removeprefix("<").removesuffix(">")
        self._senders.put(queue_id, sender)
        client = find(facts.get("relay", ""))
        if client is None or client.address is None:
            return ()
        line = quoted(self._source, entry, self.name)
        return (LoggedClient(line, client.address, client.name, None, queue_id, sender=sender),)

    def _refused(self, entry: Entry, queue_id: str, text: str) -> tuple[Claim, ...]:
        head, _, reply = text.partition(", reject=")
        facts = _facts(head)
        client = find(facts.get("relay", ""))
        if not reply or client is None or client.address is None:
            return ()
        argument = facts.get("arg1", "").removeprefix("<").removesuffix(">")
        recipient = argument if facts.get("ruleset") == "check_rcpt" else None
        line = quoted(self._source, entry, self.name)
        return (LoggedClient(line, client.address, client.name, None, queue_id, recipient=recipient, reply=reply),)

    def _deliveries(self, entry: Entry, queue_id: str, text: str) -> Iterator[LoggedDelivery]:
        head, _, stat = text.partition(", stat=")
        head, _, reply = head.partition(", reply=")
        facts = _facts(head)
        status = _BY_CLASS.get(facts.get("dsn", "")[:1])
        if status is None or facts.get("mailer") not in _NETWORK:
            return
        sent = _SENT.fullmatch(stat)
        ended = None if sent or reply else ending(stat)
        line = quoted(self._source, entry, self.name)
        relay = find(facts.get("relay", ""))
        took = _delay(facts.get("xdelay", ""))
        for recipient in facts.get("to", "").split(",")[:MAX_RECIPIENTS]:
            yield LoggedDelivery(
                line,
                queue_id,
                status,
                self._senders.get(queue_id),
                recipient.removeprefix("<").removesuffix(">"),
                relay.name if relay else facts.get("relay", "").rstrip(".") or None,
                relay.address if relay else None,
                relay.port if relay else None,
                dsn=facts["dsn"],
                reply=(sent[1] if sent else reply) or None,
                ending=ended,
                took=took,
                remembers=ended is not None and (took is None or took <= NANOSECONDS),
            )


LOG = SendmailLog


def _facts(text: str) -> dict[str, str]:
    """``name=value, name=value``: a value never holds a comma with a space behind it."""
    return {name: value for name, equals, value in (part.partition("=") for part in text.split(", ")) if equals}


def _delay(text: str) -> int | None:
    """``D+HH:MM:SS``, whole seconds: one more may have begun."""
    found = _DELAY.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds + 1) * NANOSECONDS
