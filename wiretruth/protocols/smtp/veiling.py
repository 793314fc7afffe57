"""Replies that may repeat a secret, looked at once more when all of a dialogue has been heard.

A capture may hold a reply before the command that it answers, or without it: what the reply repeats is known late, or never.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from wiretruth.model.smtp import Dialogue, Reply, Transaction
from wiretruth.protocols.smtp.pairing import OF_AUTH, Asked

_REPEATING = range(500, 505)
"""What a server does not understand, it often quotes."""


def is_delicate(code: int, asked: Asked | None) -> bool:
    """Tell whether a reply may repeat what must not be shown."""
    if code in OF_AUTH:
        return True
    return asked.veiled if asked is not None else code in _REPEATING


def silenced(reply: Reply) -> Reply:
    """Give a reply without its words: its code and status tell enough."""
    return reply._replace(lines=("",) * len(reply.lines))


def changed(replies: Iterable[Reply], veil: Callable[[Reply], Reply]) -> dict[int, Reply]:
    """Veil replies; give those that this changes, by the identity of what they were."""
    veiled = ((reply, veil(reply)) for reply in replies)
    return {id(before): after for before, after in veiled if before != after}


def exchanged(dialogue: Dialogue, replies: Mapping[int, Reply]) -> Dialogue:
    """Give the dialogue with other replies in the place of some."""

    def other(reply: Reply | None) -> Reply | None:
        return replies.get(id(reply), reply)

    return replace(
        dialogue,
        greeting=other(dialogue.greeting),
        events=tuple(replies.get(id(event), event) for event in dialogue.events),
        exchanges=tuple(x._replace(reply=other(x.reply)) for x in dialogue.exchanges),
        transactions=tuple(_exchanged(transaction, other) for transaction in dialogue.transactions),
    )


def _exchanged(transaction: Transaction, other: Callable[[Reply | None], Reply | None]) -> Transaction:
    return transaction._replace(
        mail_reply=other(transaction.mail_reply),
        forward_paths=tuple(path._replace(reply=other(path.reply)) for path in transaction.forward_paths),
        data_reply=other(transaction.data_reply),
        reply=other(transaction.reply),
    )
