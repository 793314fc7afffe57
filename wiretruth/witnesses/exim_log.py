"""Exim's main log: ``<=`` came in, ``=>`` and ``->`` went out, ``**`` failed, ``==`` is put off.

Source: Exim specification, chapter "Log files", and lines that Exim 4.96 wrote.
"""

import re

from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Claim, LoggedClient, LoggedDelivery, Status
from wiretruth.model.packet import Endpoint
from wiretruth.witnesses._endings import ending
from wiretruth.witnesses._entry import Entry, quoted
from wiretruth.witnesses._hosts import Host, endpoint, host
from wiretruth.witnesses._memory import Memory
from wiretruth.witnesses._stamps import ISO

_PROGRAM = re.compile(r"exim[0-9]?")
_OWN_STAMP = re.compile(rf"{ISO} +")
_PID = re.compile(r"\[\d{1,10}\] ")
_ID = re.compile(r"[0-9A-Za-z]{6}-[0-9A-Za-z]{6}(?:[0-9A-Za-z]{5})?-[0-9A-Za-z]{2}(?:[0-9A-Za-z]{2})? ")
"""6-6-2 up to Exim 4.96, 6-11-4 from 4.97 on."""
_MAIN = re.compile(
    r"(?:Start|End) queue run|exim \d|SMTP |H=|rejected |no (?:host name|IP address) found |unexpected disconnection|"
    r"TLS |Warning: |Failed |refused |daemon |Connection (?:from|refused)|ident connection|remote host |lowest numbered MX|"
    r"\S+ (?:SMTP|H=)|cancelled by |Exim |Completed"
)
"""How lines without a message begin."""
_HOST = re.compile(r"H=([^\s(\[]{0,255})(?: ?\(([^)]{0,255})\))? ?\[([^\]\s]{1,64})\](?::(\d{1,5}))?")
_LOCAL = re.compile(r" I=(\[[^\]\s]{1,64}\]:\d{1,5})")
_SENDER = re.compile(r" F=<([^>]*)>")
_CONFIRMATION = re.compile(r' C="([^"]*)"')
_REPLY = re.compile(r": ([245]\d\d[- ].*)")
_TOOK = re.compile(r" DT=(?:(\d{1,4})m)?(\d{1,5})(?:\.(\d{1,9}))?s")
_REJECTED = re.compile(r"rejected (?:RCPT <([^>]*)>|[A-Z]+[^:]*): (.*)")
_FLAGS = {
    "=>": Status.SENT,
    "->": Status.SENT,
    "*>": None,
    ">>": Status.SENT,
    "==": Status.DEFERRED,
    "**": Status.BOUNCED,
}
_NOT_TRIED = "retry time not reached"


class EximLog:
    """Reads the lines of one log."""

    name = "Exim"

    def __init__(self, source: str) -> None:
        """Begin a log with the label *source*."""
        self._source = source
        self._senders: Memory[str] = Memory()
        self._attempts: Memory[Host] = Memory()
        """The host that a message was tried at in vain, if it was one only: the line that puts it off may name none."""

    @property
    def given_up(self) -> int:
        """Messages forgotten before their last line came."""
        return self._senders.given_up + self._attempts.given_up

    def receive(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims; ``None`` where it is not Exim's."""
        if entry.program and not _PROGRAM.fullmatch(entry.program):
            return None
        text = entry.text
        if entry.program and (stamp := _OWN_STAMP.match(text)):  # syslog_timestamp, which is on unless switched off
            text = text[stamp.end() :]
        if pid := _PID.match(text):
            text = text[pid.end() :]
        found = _ID.match(text)
        if found is None:
            known = bool(entry.program) or bool(entry.time.written and (pid or _MAIN.match(text)))
            return self._unnumbered(entry, text) if known else None
        claim = self._numbered(entry, found[0].rstrip(), text[found.end() :])
        return (claim,) if claim is not None else ()

    def _numbered(self, entry: Entry, queue_id: str, text: str) -> Claim | None:
        flag, _, rest = text.partition(" ")
        if flag == "<=":
            return self._received(entry, queue_id, rest)
        if flag == "Completed":
            self._senders.drop(queue_id)
            self._attempts.drop(queue_id)
            return None
        status = _FLAGS.get(flag)
        if status is not None:
            return self._delivery(entry, queue_id, status, rest)
        if text.startswith("H="):
            return self._refused(entry, queue_id, text) or self._attempt(entry, queue_id, text)
        return None

    def _received(self, entry: Entry, queue_id: str, rest: str) -> LoggedClient | None:
        sender = rest.partition(" ")[0]
        sender = "" if sender == "<>" else sender
        self._senders.put(queue_id, sender)
        found = _HOST.search(rest)
        client = _host(found)
        if found is None or client is None or client.address is None:
            return None
        line = quoted(self._source, entry, self.name)
        return LoggedClient(line, client.address, client.name, client.port, queue_id, found[2], sender)

    def _delivery(self, entry: Entry, queue_id: str, status: Status, rest: str) -> LoggedDelivery | None:
        found = _HOST.search(rest)
        server = _host(found) or self._last_tried(queue_id)
        if (found is None and status is Status.SENT) or _NOT_TRIED in rest:
            return None
        confirmation = _CONFIRMATION.search(rest)
        behind = rest[found.end() :] if found else rest
        reply = confirmation[1] if confirmation else _said(behind) if status is not Status.SENT else None
        sender = _SENDER.search(rest)
        return LoggedDelivery(
            quoted(self._source, entry, self.name),
            queue_id,
            status,
            sender[1] if sender else self._senders.get(queue_id),
            _recipient(rest),
            *server,
            local=_local(rest),
            reply=reply,
            ending=ending(rest.partition(": ")[2] if status is Status.DEFERRED else behind) if reply is None else None,
            took=_took(rest),
        )

    def _last_tried(self, queue_id: str) -> Host:
        return self._attempts.drop(queue_id) or Host(None, None, None)

    def _attempt(self, entry: Entry, queue_id: str, text: str) -> LoggedDelivery | None:
        found = _HOST.match(text)
        server = _host(found)
        if found is None or server is None:
            return None
        behind = text[found.end() :]
        reply = _said(behind)
        ended = ending(behind) if reply is None else None
        if reply is None and ended is None:
            return None
        line = quoted(self._source, entry, self.name)
        attempt = LoggedDelivery(
            line, queue_id, Status.TRIED, self._senders.get(queue_id), None, *server,
            local=_local(text), reply=reply, ending=ended,
        )  # fmt: skip
        before = self._attempts.get(queue_id)
        known = server if before is None or before == server else Host(None, None, None)
        self._attempts.put(queue_id, known)
        return attempt

    def _unnumbered(self, entry: Entry, text: str) -> tuple[Claim, ...]:
        claim = self._refused(entry, "", text) if text.startswith("H=") else None
        return (claim,) if claim is not None else ()

    def _refused(self, entry: Entry, queue_id: str, text: str) -> LoggedClient | None:
        found, refusal = _HOST.match(text), _REJECTED.search(text)
        client = _host(found)
        if found is None or client is None or client.address is None or refusal is None:
            return None
        sender = _SENDER.search(text)
        line = quoted(self._source, entry, self.name)
        return LoggedClient(
            line, client.address, client.name, client.port, queue_id, found[2],
            sender[1] if sender else None, refusal[1], refusal[2],
        )  # fmt: skip


LOG = EximLog


def _host(found: re.Match[str] | None) -> Host | None:
    return host(found[1], found[3], found[4]) if found else None


def _local(text: str) -> Endpoint | None:
    found = _LOCAL.search(text)
    return endpoint(found[1]) if found else None


def _recipient(rest: str) -> str:
    """``bob@example.net <alias@example.net>``, or ``bob <bob@example.net>`` where the first was a local part."""
    first, _, behind = rest.partition(" ")
    if "@" in first or not behind.startswith("<"):
        return first
    return behind[1:].partition(">")[0]


def _said(text: str) -> str | None:
    found = _REPLY.search(text)
    return found[1] if found else None


def _took(text: str) -> int | None:
    found = _TOOK.search(text)
    if found is None:
        return None
    seconds = int(found[1] or 0) * 60 + int(found[2]) + 1
    return seconds * NANOSECONDS
