"""OpenSMTPD: sessions by number; ``mta`` lines tell of mail going out, ``smtp`` lines of mail coming in.

Source: OpenSMTPD 6.8 (mta_session.c, smtp_session.c, log.c), and lines that it wrote.
"""

import re
from typing import NamedTuple

from wiretruth.model.log import Claim, LoggedClient, LoggedDelivery, LogTime, Status
from wiretruth.model.packet import Endpoint
from wiretruth.witnesses._endings import ending
from wiretruth.witnesses._entry import Entry, quoted
from wiretruth.witnesses._hosts import canonical, endpoint
from wiretruth.witnesses._memory import Memory

_SESSION = re.compile(r"([0-9a-f]{16}) (mta|smtp) (\S{1,32}) ?(.*)")
_OWN = re.compile(
    r"(?:info|warn|debug|fatal|smtpd|queue|scheduler|control|lookup|pony|rule|stat|delivery|smtp-out|smtp-in)\b"
)
_URL = re.compile(r"(?:smtp|lmtp|smtps)(?:\+[a-z-]{1,16})?://(.{1,300}?)(?: |$)")
_FACT = re.compile(r'(\w{1,16})=(?:"([^"]*)"|<([^>]*)>|(\S*))')
_RELAY = re.compile(r"(\S{0,255}) ?\(([^)\s]{1,255})\)")
_TO = re.compile(r"RCPT TO:\s?<([^>]*)>", re.IGNORECASE)
_RESULT = {"Ok": Status.SENT, "TempFail": Status.DEFERRED, "PermFail": Status.BOUNCED}


class _Session(NamedTuple):
    """The other end, as the session's first line names it."""

    name: str | None
    end: Endpoint | None
    address: str | None
    begun: LogTime


class OpenSmtpdLog:
    """Reads the lines of one log."""

    name = "OpenSMTPD"

    def __init__(self, source: str) -> None:
        """Begin a log with the label *source*."""
        self._source = source
        self._sessions: Memory[_Session] = Memory()

    @property
    def given_up(self) -> int:
        """Sessions forgotten before their last line came."""
        return self._sessions.given_up

    def receive(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims; ``None`` where it is not OpenSMTPD's."""
        if entry.program != "smtpd":
            return None
        found = _SESSION.fullmatch(entry.text)
        if found is None:
            return () if _OWN.match(entry.text) else None
        session, side, event, rest = found.groups()
        facts = {m[1]: m[2] or m[3] or m[4] or "" for m in _FACT.finditer(rest)}
        claim = self._outgoing(entry, session, event, rest, facts) if side == "mta" else None
        if side == "smtp":
            claim = self._incoming(entry, session, event, facts)
        return (claim,) if claim is not None else ()

    def _outgoing(self, entry: Entry, session: str, event: str, rest: str, facts: dict[str, str]) -> Claim | None:
        match event:
            case "connecting":
                url = _URL.match(facts.get("address", ""))
                end = endpoint(url[1]) if url else None
                self._sessions.put(session, _Session(_name(facts), end, end.address if end else None, entry.time))
            case "delivery":
                return self._delivery(entry, session, facts)
            case "error":
                return self._attempt(entry, session, rest.partition("reason=")[2])
            case "disconnected":
                self._sessions.drop(session)
        return None

    def _delivery(self, entry: Entry, session: str, facts: dict[str, str]) -> LoggedDelivery | None:
        status = _RESULT.get(facts.get("result", ""))
        if status is None:
            return None
        known = self._sessions.get(session)
        relay = _RELAY.fullmatch(facts.get("relay", ""))
        address = known.address if known else None
        if relay is not None:
            address = canonical(relay[1]) or canonical(relay[2]) or address
        name = next((n for n in (relay.groups() if relay else ()) if n and canonical(n) is None), None)
        stat = facts.get("stat", "")
        return LoggedDelivery(
            quoted(self._source, entry, self.name),
            session,
            status,
            facts.get("from"),
            facts.get("to"),
            name or (known.name if known else None),
            address,
            known.end.port if known and known.end else None,
            reply=stat if stat[:3].isdigit() else None,
            ending=None if stat[:3].isdigit() else ending(stat),
        )

    def _attempt(self, entry: Entry, session: str, reason: str) -> LoggedDelivery | None:
        known = self._sessions.drop(session)
        ended = ending(reason)
        if known is None or known.end is None or ended is None:
            return None
        line = quoted(self._source, entry, self.name)
        took = max(entry.time.at - known.begun.at, 0) + entry.time.grain
        return LoggedDelivery(line, session, Status.TRIED, None, None, known.name, *known.end, ending=ended, took=took)

    def _incoming(self, entry: Entry, session: str, event: str, facts: dict[str, str]) -> LoggedClient | None:
        line = quoted(self._source, entry, self.name)
        if event == "connected":
            address = canonical(facts.get("address", ""))
            end = endpoint(facts.get("address", "")) if address is None else None
            self._sessions.put(
                session, _Session(_name(facts), end, address or (end.address if end else None), entry.time)
            )
        known = self._sessions.drop(session) if event == "disconnected" else self._sessions.get(session)
        if known is None or known.address is None:
            return None
        port = known.end.port if known.end else None
        if event == "connected":
            return LoggedClient(line, known.address, known.name, port)
        if event == "failed-command":
            to = _TO.search(facts.get("command", ""))
            return LoggedClient(
                line, known.address, known.name, port, recipient=to[1] if to else None, reply=facts.get("result")
            )
        return None


LOG = OpenSmtpdLog


def _name(facts: dict[str, str]) -> str | None:
    """A host that has no name is ``<unknown>``."""
    name = facts.get("host")
    return name if name and name != "unknown" else None
