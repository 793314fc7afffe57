"""What most rules wait for: something that did not go as it should. Of the rest they have nothing to say, and are not asked.

Each predicate here is wider than every rule that hears by it: what it lets pass may be faultless, what it keeps is.
"""

from typing import Annotated

from wiretruth.model.sighting import HalfStream, Outcome, Sighting
from wiretruth.model.smtp import Dialogue, Reply, Transaction
from wiretruth.model.statements import Contact, Resolution

REFUSED = 400
"""Replies from here on refuse (RFC 5321 §4.2.1)."""

_ANSWERED = ("NOERROR", "NXDOMAIN")


def troubled(contact: Contact) -> bool:
    """Tell whether anything but an established connection and a dialogue of commands that were all heeded was seen."""
    connection = contact.connection
    dialogue, nearest = connection.dialogue, connection.sightings[0]
    if dialogue is None or _disturbed(nearest) or _unheeded(dialogue):
        return True
    farther = connection.sightings[1:]
    return any(s.client != nearest.client or _disturbed(s) for s in farther)


def _disturbed(sighting: Sighting) -> bool:
    return (
        sighting.outcome is not Outcome.ESTABLISHED
        or bool(sighting.resets or sighting.rejections)
        or _stuck(sighting.from_client)
        or _stuck(sighting.from_server)
    )


def _stuck(half: HalfStream) -> bool:
    return half.unacknowledged is not None


def _unheeded(dialogue: Dialogue) -> bool:
    if dialogue.auth or (dialogue.greeting is not None and dialogue.greeting.code >= REFUSED):
        return True
    for exchange in dialogue.exchanges:
        reply = exchange.reply
        if reply is None or reply.code >= REFUSED:
            return True
    return any(map(_undecided, dialogue.transactions))


def _undecided(transaction: Transaction) -> bool:
    """Some recipient, or the message, was not accepted in so many words."""
    if transaction.reply is None or transaction.reply.code >= REFUSED:
        return True
    if _refuses(transaction.mail_reply) or _refuses(transaction.data_reply):
        return True
    return any(path.reply is None or path.reply.code >= REFUSED for path in transaction.forward_paths)


def _refuses(reply: Reply | None) -> bool:
    return reply is not None and reply.code >= REFUSED


def irregular(resolution: Resolution) -> bool:
    """Tell whether a lookup was not answered as it was asked: once, in whole, by whom it went to, with what there is."""
    lookup = resolution.lookup.sightings[0]
    return (
        resolution.rcode not in _ANSWERED
        or lookup.truncated
        or bool(lookup.other_answers)
        or lookup.reply_source is not None
        or len(resolution.lookup.sightings) > 1
    )


TroubledContact = Annotated[Contact, troubled]
"""What a rule hears that only speaks where a connection or its dialogue went wrong."""

IrregularResolution = Annotated[Resolution, irregular]
"""What a rule hears that only speaks of lookups that failed, or that somebody meddled with."""
