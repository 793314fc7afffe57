"""Exchange: the SMTP protocol logs (send and receive) and the message tracking log, as CSV with a ``#Fields`` head.

Source: Microsoft, "Protocol logging" and "Message tracking" (Exchange Server documentation). Times are UTC.
"""

import csv
from collections.abc import Callable

from wiretruth.model.log import Claim, LoggedClient, LoggedDelivery, LogLine, Status
from wiretruth.witnesses._entry import MAX_QUOTE, Entry
from wiretruth.witnesses._exchange_session import Session
from wiretruth.witnesses._hosts import canonical, endpoint
from wiretruth.witnesses._memory import Memory
from wiretruth.witnesses._stamps import Stamps

MAX_FIELDS = 256
"""Columns of a log: message tracking has some thirty."""

_HEADS = ("#software: microsoft exchange", "#version:", "#log-type:", "#date:", "#fields:")
_PROTOCOL = ("session-id", "remote-endpoint", "event", "data")
_TRACKING = ("event-id", "source", "server-ip", "recipient-address")
_Row = dict[str, str]


class ExchangeLog:
    """Reads the lines of one log."""

    name = "Exchange"

    def __init__(self, source: str) -> None:
        """Begin a log with the label *source*."""
        self._source = source
        self._fields: list[str] = []
        self._reads: Callable[[Entry, _Row, LogLine], tuple[Claim, ...]] | None = None
        self._receiving = False
        self._stamps = Stamps(0)
        self._sessions: Memory[Session] = Memory()

    @property
    def given_up(self) -> int:
        """Sessions forgotten before their last line came."""
        return self._sessions.given_up

    def receive(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims; ``None`` where it is not Exchange's."""
        if entry.program or entry.host:
            return None
        text = entry.text.removeprefix("\\xef\\xbb\\xbf")
        if text.startswith("#"):
            return self._head(text)
        row = self._row(text)
        if row is None or self._reads is None:
            return None
        time = self._stamps.read(row.get("date-time", ""))
        if not time.written:
            return None
        cut = text if len(text) <= MAX_QUOTE else text[:MAX_QUOTE] + " ..."
        host = row.get("server-hostname", "") if row.get("event-id") == "RECEIVE" else row.get("client-hostname", "")
        return self._reads(entry, row, LogLine(self._source, entry.number, time, host, self.name, cut))

    def _head(self, text: str) -> tuple[Claim, ...] | None:
        folded = text.lower()
        if not folded.startswith(_HEADS):
            return None
        if folded.startswith("#log-type:"):
            self._receiving = "receive" in folded
        if folded.startswith("#fields:"):
            self._fields = [field.strip() for field in folded[8:].split(",")[:MAX_FIELDS]]
            self._reads = next(
                (reads for names, reads in ((_PROTOCOL, self._protocol), (_TRACKING, self._tracking))
                 if set(names) <= set(self._fields)), None,
            )  # fmt: skip
        return ()

    def _row(self, text: str) -> _Row | None:
        try:
            values = next(csv.reader([text]), [])
        except csv.Error:
            return None
        return dict(zip(self._fields, values, strict=False)) if len(values) > 1 else None

    # The protocol logs

    def _protocol(self, entry: Entry, row: _Row, line: LogLine) -> tuple[Claim, ...]:
        del entry
        key, event = row.get("session-id", ""), row.get("event", "")
        session = self._sessions.get(key)
        if session is None:
            session = Session(endpoint(row.get("remote-endpoint", "")), endpoint(row.get("local-endpoint", "")))
            self._sessions.put(key, session)
        session.local = endpoint(row.get("local-endpoint", "")) or session.local
        session.remote = endpoint(row.get("remote-endpoint", "")) or session.remote
        if event == "-":
            self._sessions.drop(key)
        if self._receiving:
            return self._client(session, line) if event == "+" else ()
        return session.hear(event, row.get("data", ""), row.get("context", ""), line)

    def _client(self, session: Session, line: LogLine) -> tuple[Claim, ...]:
        return (LoggedClient(line, session.remote.address, None, session.remote.port),) if session.remote else ()

    # Message tracking

    def _tracking(self, entry: Entry, row: _Row, line: LogLine) -> tuple[Claim, ...]:
        del entry
        if row.get("source") != "SMTP":
            return ()
        sender = row.get("sender-address")
        if row.get("event-id") == "RECEIVE":
            client = canonical(row.get("original-client-ip", "") or row.get("client-ip", ""))
            name = row.get("client-hostname") or None
            return (LoggedClient(line, client, name, sender=sender),) if client else ()
        if row.get("event-id") != "SEND":
            return ()
        server, relay = canonical(row.get("server-ip", "")), row.get("server-hostname") or None
        said = row.get("recipient-status", "").split(";")
        recipients = row.get("recipient-address", "").split(";")[:MAX_FIELDS]
        return tuple(
            LoggedDelivery(
                line, row.get("internal-message-id", ""), Status.SENT, sender, recipient, relay, server,
                reply=said[n] if n < len(said) and said[n][:3].isdigit() and not said[n].startswith("250 2.1.5") else None,
            )
            for n, recipient in enumerate(recipients)
        )  # fmt: skip


LOG = ExchangeLog
