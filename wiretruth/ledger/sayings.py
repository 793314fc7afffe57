"""What servers said on the wire of each recipient, in a form in which mail logs can be recognised."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wiretruth.model.smtp import Dialogue, Reply, Transaction
from wiretruth.model.statements import Contact

MAX_ALIKE = 32
"""Sayings looked at for one line, the nearest in time: a mailbox that gets more mail than this within the time that is
looked at gets it many times over, and each of its lines finds its own nearest."""

LEAST = 4
"""Letters and digits below which a text is no text: ``ok``."""

_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
_UNIQUE = re.compile(r"(?=[A-Za-z]*[0-9])[A-Za-z0-9]{8,64}")
"""What looks like a queue id: long enough that two do not meet by chance, with a digit in it."""


class Saying(NamedTuple):
    """A server's last word on one recipient."""

    at: int
    mailbox: str
    """Compared form; ``""`` where the recipient was not seen."""
    sender: str
    reply: Reply
    contact: Contact


def compared(mailbox: str) -> str:
    """Give the form under which mailboxes are compared: logs and servers differ in case."""
    return mailbox.lower()


def plain(text: str) -> str:
    """Give letters and digits only: what survives the ways in which logs join, wrap and quote lines."""
    return _NOT_PLAIN.sub("", text.lower())


def spoken_as(reply: Reply) -> tuple[str, str]:
    """Give a reply in plain form: with its code before every line, and with its code once."""
    each = "".join(plain(f"{reply.code}{line}") for line in reply.lines)
    return each or str(reply.code), f"{reply.code}{plain(''.join(reply.lines))}"


def agrees(text: str, reply: Reply) -> bool:
    """Tell whether a log quotes this reply; logs leave out codes and cut long texts.

    Args:
        text: as logged, in plain form.
        reply: as observed.
    """
    return len(text) >= LEAST and any(text in spoken for spoken in spoken_as(reply))


def unique_words(text: str) -> list[str]:
    """Give the words of a text that hardly another one has: queue ids."""
    return _UNIQUE.findall(text)


class Sayings:
    """Every saying of a run, by recipient and by queue id, in time order."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._by_mailbox: dict[str, list[Saying]] = defaultdict(list)
        self._by_word: dict[str, list[Saying]] = defaultdict(list)
        for contact in contacts:
            for saying in _of(contact):
                self._by_mailbox[saying.mailbox].append(saying)
                for word in {w for line in saying.reply.lines for w in unique_words(line)}:
                    self._by_word[word].append(saying)
        for found in (*self._by_mailbox.values(), *self._by_word.values()):
            found.sort(key=_at)

    def to(self, mailbox: str, start: int, end: int) -> list[Saying]:
        """Give what was said of a mailbox from *start* to *end*: at most MAX_ALIKE, the latest."""
        return _between(self._by_mailbox.get(compared(mailbox), []), start, end)

    def with_word(self, text: str, start: int, end: int) -> list[Saying]:
        """Give what was said with one of the queue ids in *text* from *start* to *end*."""
        return [s for word in unique_words(text) for s in _between(self._by_word.get(word, []), start, end)]


def replies(dialogue: Dialogue | None) -> Iterator[Reply]:
    """Give every reply of a dialogue that answers something."""
    for exchange in dialogue.exchanges if dialogue else ():
        if exchange.reply is not None:
            yield exchange.reply


def _of(contact: Contact) -> Iterator[Saying]:
    dialogue = contact.connection.dialogue
    for transaction in dialogue.transactions if dialogue else ():
        if not transaction.forward_paths and transaction.reply is not None:
            yield Saying(transaction.reply.at, "", transaction.reverse_path, transaction.reply, contact)
        for path in transaction.forward_paths:
            reply = _last_word(transaction, path.reply)
            if reply is not None:
                yield Saying(reply.at, compared(path.mailbox), transaction.reverse_path, reply, contact)


def _last_word(transaction: Transaction, rcpt_reply: Reply | None) -> Reply | None:
    """A refusal of MAIL, RCPT or DATA ends it for this recipient; otherwise the reply to the message decides."""
    for reply in (transaction.mail_reply, rcpt_reply, transaction.data_reply):
        if reply is not None and reply.code // 100 in (4, 5):
            return reply
    return transaction.reply


def _between(sayings: list[Saying], start: int, end: int) -> list[Saying]:
    first = bisect_left(sayings, start, key=_at)
    last = bisect_right(sayings, end, key=_at)
    return sayings[max(first, last - MAX_ALIKE) : last]


def _at(saying: Saying) -> int:
    return saying.at
