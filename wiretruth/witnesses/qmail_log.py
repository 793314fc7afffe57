"""qmail: ``qmail-send`` numbers messages and deliveries; spaces of a report are underscores.

Source: qmail-log(5), qmail-send.c and qmail-remote.c of notqmail 1.09.
"""

import re
from typing import NamedTuple

from wiretruth.model.log import Claim, LoggedDelivery, Status
from wiretruth.witnesses._endings import ending
from wiretruth.witnesses._entry import Entry, quoted
from wiretruth.witnesses._hosts import canonical
from wiretruth.witnesses._memory import Memory

_PROGRAM = re.compile(r"qmail(?:-send)?")
_OTHER = re.compile(r"(?:new msg|end msg|bounce msg|triple bounce|status|warning|alert|running|exiting)\b")
_INFO = re.compile(r"info msg (\d{1,20}): bytes \d{1,20} from <([^>]*)>")
_STARTING = re.compile(r"starting delivery (\d{1,20}): msg (\d{1,20}) to (local|remote) (\S{1,1000})")
_DELIVERY = re.compile(r"delivery (\d{1,20}): (success|deferral|failure): (.*)")
_HOST = re.compile(r"(?:Connected_to_)?\[?([0-9A-Fa-f.:]{3,45})\]?_(?:accepted_|does_not_|failed_|but_)")
_SAID = "Remote_host_said:_"
_GIVING_UP = re.compile(r"/Giving_up_on_\S*$")
_RESULT = {"success": Status.SENT, "deferral": Status.DEFERRED, "failure": Status.BOUNCED}


class _Started(NamedTuple):
    """A delivery under way."""

    message: str
    recipient: str
    at: int


class QmailLog:
    """Reads the lines of one log."""

    name = "qmail"

    def __init__(self, source: str) -> None:
        """Begin a log with the label *source*."""
        self._source = source
        self._senders: Memory[str] = Memory()
        self._started: Memory[_Started] = Memory()

    @property
    def given_up(self) -> int:
        """Messages and deliveries forgotten before their last line came."""
        return self._senders.given_up + self._started.given_up

    def receive(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims; ``None`` where it is not qmail's."""
        if entry.program and not _PROGRAM.fullmatch(entry.program):
            return None
        text = entry.text
        if found := _DELIVERY.fullmatch(text):
            claim = self._delivery(entry, *found.groups())
            return (claim,) if claim is not None else ()
        if found := _INFO.match(text):
            self._senders.put(found[1], found[2])
        elif found := _STARTING.fullmatch(text):
            self._start(entry, *found.groups())
        elif not _OTHER.match(text):
            return None
        elif text.startswith("end msg "):
            self._senders.drop(text[8:])
        return ()

    def _start(self, entry: Entry, number: str, message: str, way: str, recipient: str) -> None:
        if way == "remote":
            self._started.put(number, _Started(message, recipient, entry.time.at))
        else:
            self._started.drop(number)

    def _delivery(self, entry: Entry, number: str, result: str, report: str) -> LoggedDelivery | None:
        started = self._started.drop(number)
        if started is None:  # local, or begun before the log
            return None
        found = _HOST.match(report)
        _, said, reply = report.partition(_SAID)
        return LoggedDelivery(
            quoted(self._source, entry, self.name),
            started.message,
            _RESULT[result],
            self._senders.get(started.message),
            started.recipient,
            None,
            canonical(found[1]) if found else None,
            reply=_GIVING_UP.sub("", reply.rstrip("/")).replace("_", " ") if said else None,
            ending=None if said else ending(report.replace("_", " ")),
            took=max(entry.time.at - started.at, 0) + entry.time.grain,
        )


LOG = QmailLog
