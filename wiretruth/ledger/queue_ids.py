"""The name under which a server keeps what it accepted: the queue id in its reply, as each mail program words it."""

import re

from wiretruth.model.smtp import Reply

_ACCEPTS = 2
_ID = r"([0-9A-Za-z][0-9A-Za-z_.\-]{3,63})"
"""No queue id is shorter; none that is known is longer."""

_FORMS = (
    re.compile(rf"\bqueued as <?{_ID}>?", re.IGNORECASE),  # Postfix, Exim behind it, Haraka, Cisco
    re.compile(r"\[InternalId=(\d{4,20})[,\]]"),  # Exchange
    re.compile(rf"\bid=<?{_ID}>?"),  # Exim, rspamd
    re.compile(r"\bok \d{6,12} qp (\d{1,10})\b", re.IGNORECASE),  # qmail
    re.compile(rf"\b{_ID} message accepted for delivery", re.IGNORECASE),  # sendmail, OpenSMTPD
    re.compile(r"\bOK:? +\d{9,11} ([0-9a-z][0-9a-z\-]{8,60}\.\d{1,6})\b"),  # Google
    re.compile(r"\bmessage queued \(([0-9A-Za-z.\-]{4,64})\)", re.IGNORECASE),  # Haraka
    re.compile(r"\bmessage (?:accepted|saved),? <?id:? ?([0-9A-Za-z][0-9A-Za-z_.\-]{3,63})", re.IGNORECASE),  # MDaemon
    re.compile(rf"\bqueued (?:mail )?(?:for delivery )?\(?{_ID}\)?\Z", re.IGNORECASE),
    re.compile(r"\A(?:2\.\d\.\d )?Ok:? ([0-9a-f]{8,20}-[0-9a-f\-]{20,48})\Z", re.IGNORECASE),  # Amazon SES
)
"""The surest first. Each is anchored in a word, and none can go back over more than one id."""
_NO_ID = re.compile(r"[^0-9]*\Z|\d\.\d{1,3}\.\d{1,3}\Z")
"""Words, and the enhanced status that stands before them."""


def queue_id(reply: Reply | None) -> str | None:
    """Give the queue id of a reply that accepts a message; ``None`` where it names none."""
    if reply is None or reply.code // 100 != _ACCEPTS:
        return None
    for text in reply.lines:
        for form in _FORMS:
            found = form.search(text)
            if found is not None and not _NO_ID.match(found[1]):
                return found[1].rstrip(".")
    return None
