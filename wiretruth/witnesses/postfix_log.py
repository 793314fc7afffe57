"""Postfix: ``smtp`` tells attempts, ``smtpd`` and ``postscreen`` tell who came, the rest tells of senders.

Source: Postfix 3.7 (smtp_connect.c, smtp_trouble.c, log_adhoc.c, smtpd.c), and lines that it wrote.
"""

import re

from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Claim, Ending, LoggedClient, LoggedDelivery, Status
from wiretruth.witnesses._endings import ending
from wiretruth.witnesses._entry import Entry, quoted
from wiretruth.witnesses._hosts import PATTERN, Host, find, host
from wiretruth.witnesses._memory import Memory

_DAEMON = re.compile(
    r"[\w.-]+/(?:[\w.-]+/)*"
    r"(anvil|bounce|cleanup|discard|dnsblog|error|flush|lmtp|local|master|oqmgr|pickup|pipe|postdrop|postfix-script|"
    r"postlog|postlogd|postscreen|postsuper|proxymap|qmgr|qmqpd|scache|sendmail|showq|smtp|smtpd|spawn|tlsmgr|tlsproxy|"
    r"trivial-rewrite|verify|virtual)"
)
_QUEUE_ID = re.compile(r"([0-9A-Za-z]{5,24}): ")
_FROM = re.compile(r"from=<([^>]*)>")
_RECIPIENT = re.compile(
    r"to=<([^>]*)>, (?:orig_to=<[^>]*>, )?relay=([^,]*), (?:conn_use=[^,]*, )?delay=([^,]*), "
    r"(?:delays=([^,]*), )?dsn=([^,]{1,16}), status=(\w{1,16}) \((.*)\)"
)
_CONNECT_TO = re.compile(rf"connect to {PATTERN}: (.*)")
_SAID = re.compile(rf"host {PATTERN} (?:said|refused to talk to me): (.*)")
_IN_REPLY = " (in reply to "
_TROUBLE = re.compile(rf"(?:lost connection|conversation) with {PATTERN} (.*)")
_CLIENT = re.compile(rf"client={PATTERN}")
_CONNECT_FROM = re.compile(rf"connect from {PATTERN}")
_SCREENED = re.compile(r"CONNECT from \[([^\]\s]{1,64})\]:(\d{1,5}) to ")
_REJECT = re.compile(rf"(?:milter-)?reject: [A-Z-]+ from {PATTERN}: (.*)")
_STATUS = {"sent": Status.SENT, "deferred": Status.DEFERRED, "bounced": Status.BOUNCED}


class PostfixLog:
    """Reads the lines of one log."""

    name = "Postfix"

    def __init__(self, source: str) -> None:
        """Begin a log with the label *source*."""
        self._source = source
        self._senders: Memory[str] = Memory()

    @property
    def given_up(self) -> int:
        """Messages forgotten before their last line came."""
        return self._senders.given_up

    def receive(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims; ``None`` where it is not Postfix's."""
        daemon = _DAEMON.fullmatch(entry.program)
        if daemon is None:
            return None
        found = _QUEUE_ID.match(entry.text)
        queue_id, text = (found[1], entry.text[found.end() :]) if found else ("", entry.text)
        queue_id = "" if queue_id == "NOQUEUE" else queue_id
        claim: Claim | None = None
        match daemon[1]:
            case "smtp" | "lmtp":
                claim = self._attempt(entry, queue_id, text)
            case "smtpd":
                claim = self._session(entry, queue_id, text)
            case "postscreen":
                claim = self._screened(entry, text)
            case "qmgr" | "oqmgr" | "pickup":
                self._remember(queue_id, text)
        return (claim,) if claim is not None else ()

    def _remember(self, queue_id: str, text: str) -> None:
        if text == "removed":
            self._senders.drop(queue_id)
        elif sender := _FROM.search(text[:1024]):
            self._senders.put(queue_id, sender[1])

    def _attempt(self, entry: Entry, queue_id: str, text: str) -> LoggedDelivery | None:
        line = quoted(self._source, entry, self.name)
        sender = self._senders.get(queue_id)
        found = _RECIPIENT.match(text)
        if found is None:
            told = _told(text)
            if told is None:
                return None
            to, reply, end = told
            return LoggedDelivery(line, queue_id, Status.TRIED, sender, None, *to, reply=reply, ending=end)
        recipient, relay, delay, delays, dsn, status, words = found.groups()
        told = _told(words)
        named = find(relay) or Host(None, None, None)
        to, reply, end = told if told is not None else (named, None, None)
        if named.address is not None:
            to = named
        known = _STATUS.get(status)
        if known is None:
            return None
        if known is Status.SENT:
            reply = words
        return LoggedDelivery(
            line, queue_id, known, sender, recipient, *to,
            dsn=dsn, reply=reply, ending=end, took=_took(delay, delays),
        )  # fmt: skip

    def _session(self, entry: Entry, queue_id: str, text: str) -> LoggedClient | None:
        if found := _CONNECT_FROM.match(text):
            return self._client(entry, host(*found.groups()), "")
        if found := _CLIENT.match(text):
            return self._client(entry, host(*found.groups()), queue_id)
        if found := _REJECT.match(text):
            return self._rejected(entry, host(*found.groups()[:3]), found[4])
        return None

    def _screened(self, entry: Entry, text: str) -> LoggedClient | None:
        if found := _SCREENED.match(text):
            return self._client(entry, host(None, found[1], found[2]), "")
        text = text.removeprefix("NOQUEUE: ")
        if found := _REJECT.match(text):
            return self._rejected(entry, host(*found.groups()[:3]), found[4])
        return None

    def _rejected(self, entry: Entry, client: Host, words: str) -> LoggedClient | None:
        """``REPLY; from=<…> to=<…> proto=… helo=<…>``: what stands behind the last semicolon is Postfix's own."""
        reply, _, rest = words.rpartition("; from=<") if "; from=<" in words else (words, "", "")
        sender, _, rest = rest.partition(">")
        recipient = rest.partition("to=<")[2].partition(">")[0]
        helo = rest.partition("helo=<")[2].partition(">")[0]
        reply = reply or words.partition("; proto=")[0]
        return self._client(
            entry,
            client,
            "",
            sender=sender if rest else None,
            recipient=recipient or None,
            helo=helo or None,
            reply=reply,
        )

    def _client(
        self,
        entry: Entry,
        client: Host,
        queue_id: str,
        *,
        helo: str | None = None,
        sender: str | None = None,
        recipient: str | None = None,
        reply: str | None = None,
    ) -> LoggedClient | None:
        if client.address is None:
            return None
        line = quoted(self._source, entry, self.name)
        return LoggedClient(line, client.address, client.name, client.port, queue_id, helo, sender, recipient, reply)


LOG = PostfixLog


def _told(words: str) -> tuple[Host, str | None, Ending | None] | None:
    """Give the host that the words blame, what it said, or how the attempt ended; ``None`` where they blame nobody."""
    if found := _CONNECT_TO.match(words):
        return host(*found.groups()[:3]), None, ending(found[4])
    if found := _SAID.match(words):
        return host(*found.groups()[:3]), found[4].rpartition(_IN_REPLY)[0] or found[4], None
    if found := _TROUBLE.match(words):
        return host(*found.groups()[:3]), None, Ending.SILENT if "timed out" in found[4] else Ending.LOST
    return None


def _took(delay: str, delays: str | None) -> int | None:
    """``delays=a/b/c/d``: before the queue manager, in the queue, connecting, sending; the last two are the attempt."""
    try:
        parts = [float(part) for part in (delays or delay).split("/")]
        return round(sum(parts[-2:]) * NANOSECONDS)
    except (ValueError, OverflowError):
        return None
