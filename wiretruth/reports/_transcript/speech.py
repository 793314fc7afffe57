"""What was said: commands, replies, and where message text stood between them."""

from collections.abc import Iterator, Sequence
from typing import Final

from wiretruth.model.smtp import Command, Dialogue, Reply, Transaction
from wiretruth.reports._text.dialogue import FAILURE, tls_words
from wiretruth.reports._transcript.beat import Beat, Who
from wiretruth.reports._words import count

WITHHELD: Final = "[withheld]"
"""Stands for a secret; the parser gave none of it on."""

_UNREADABLE: Final = "?"
_TEXT_COMMANDS: Final = ("DATA", "BDAT")
_CHALLENGE: Final = 334


def speech(dialogue: Dialogue) -> Iterator[Beat]:
    """Give every line of a dialogue, with the message text where it was sent."""
    events, place = dialogue.events, 0
    for transaction in dialogue.transactions:
        if transaction.ended_frame is None and not transaction.octets:
            continue
        stop = _end_of_text(events, place, transaction)
        yield from map(_spoken, events[place:stop])
        yield from _text(transaction, events[stop - 1] if stop else None)
        place = stop
    yield from map(_spoken, events[place:])
    if dialogue.tls is not None:
        yield Beat(dialogue.tls.at, dialogue.tls.frame, Who.CLIENT, "tls", (tls_words(dialogue.tls),))


def _end_of_text(events: Sequence[Command | Reply], place: int, transaction: Transaction) -> int:
    """Give behind which events the message text ended: what follows in its last segment is behind it."""
    frame = transaction.ended_frame
    while place < len(events) and not _announces(events[place], transaction):
        if frame is not None and events[place].frame > frame:
            return place
        place += 1
    while place < len(events) and _is_before(events[place], transaction, frame):
        place += 1
    return place


def _announces(event: Command | Reply, transaction: Transaction) -> bool:
    return isinstance(event, Command) and event.verb in _TEXT_COMMANDS and event.frame >= transaction.frame


def _is_before(event: Command | Reply, transaction: Transaction, frame: int | None) -> bool:
    if frame is None:  # it never ended: only what let it begin was before it
        begun = transaction.data_reply
        return isinstance(event, Command) or (begun is not None and event.frame <= begun.frame)
    return event.frame < frame or (event.frame == frame and _announces(event, transaction))


def _text(transaction: Transaction, before: Command | Reply | None) -> Iterator[Beat]:
    """Give the message text: its header section where that was kept, and its measure."""
    at, frame = transaction.ended_at, transaction.ended_frame
    if at is None or frame is None:
        last = before or transaction
        at, frame = last.at, last.frame
    header = transaction.header
    if header is not None and header.lines:
        cut = () if header.whole else ("(the rest of the header section was not kept)",)
        yield Beat(at, frame, Who.CLIENT, "header", (*header.lines, *cut))
    words = f"(message text: {count(transaction.octets, 'octet')}, measured and not kept)"
    if transaction.ended_at is None:
        words = f"(message text: {count(transaction.octets, 'octet')}, and its end was not seen)"
    yield Beat(at, frame, Who.CLIENT, "text", (words,), bad=transaction.ended_at is None)


def _spoken(event: Command | Reply) -> Beat:
    if isinstance(event, Command):
        return Beat(event.at, event.frame, Who.CLIENT, "command", (_command(event),))
    return Beat(event.at, event.frame, Who.SERVER, "reply", tuple(_reply(event)), bad=event.code >= FAILURE)


def _command(command: Command) -> str:
    if command.verb == _UNREADABLE:
        return f"{WITHHELD} (no command that is known: it may be a secret)"
    if command.verb == "AUTH":
        return f"AUTH {command.argument} {WITHHELD}" if command.argument else f"{WITHHELD} (AUTH)"
    return f"{command.verb} {command.argument}".rstrip()


def _reply(reply: Reply) -> Iterator[str]:
    lines = reply.lines or ("",)
    for number, words in enumerate(lines, 1):
        if reply.code == _CHALLENGE:
            words = WITHHELD  # noqa: PLW2901 - what a challenge says may name the user
        elif not words and number == 1 and reply.enhanced:
            words = f"{reply.enhanced} {WITHHELD}"  # noqa: PLW2901 - the words repeated a secret, and are gone
        yield f"{reply.code}{'-' if number < len(lines) else ' '}{words}".rstrip()
