"""Which attempts make room in a flood: a flood has one server, so nobody else's attempt is lost in it."""

from collections.abc import Mapping

from wiretruth.flow.conversation import Conversation

Server = tuple[str, str]
"""Vantage, and the address of who was asked."""


def crowded_out(waiting: Mapping[int, Server], excess: int) -> list[int]:
    """Choose what is given up: what is followed by the most newer attempts at the same server; of equals the oldest.

    Whoever gives up some now, and some of the others and of newer ones later, gives up the same as at once.

    Args:
        waiting: the server of each attempt, by serial.
        excess: how many, at most.

    Returns:
        Their serials.
    """
    newer: dict[Server, int] = {}
    ranked = []
    for serial in sorted(waiting, reverse=True):
        server = waiting[serial]
        rank = newer[server] = newer.get(server, -1) + 1
        ranked.append((-rank, serial))
    ranked.sort()
    return [serial for _, serial in ranked[: max(excess, 0)]]


def asks(conversation: Conversation) -> bool:
    """Tell whether one SYN is all that was ever seen of a connection."""
    client, server = conversation.from_client, conversation.from_server
    return (
        conversation.syn_count == 1
        and client is not None
        and client.packets + client.duplicates == 1
        and (server is None or server.packets + server.duplicates == 0)
        and not conversation.rejections
    )
