"""The record of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wiretruth.flow.direction import UNSEEN
from wiretruth.flow.outcome import outcome_of
from wiretruth.model.sighting import Sighting

if TYPE_CHECKING:
    from wiretruth.flow.conversation import Conversation


def sighting_of(conversation: Conversation) -> Sighting:
    """Give the record of a connection as far as it was seen."""
    resets = conversation.resets
    return Sighting(
        serial=conversation.serial,
        vantage=conversation.vantage,
        client=conversation.client,
        server=conversation.server,
        roles_known=conversation.roles_known,
        outcome=outcome_of(conversation),
        opened=conversation.opened,
        last=conversation.last,
        closed=conversation.closed or (resets.closing() if resets else None),
        from_client=conversation.from_client.half() if conversation.from_client else UNSEEN,
        from_server=conversation.from_server.half() if conversation.from_server else UNSEEN,
        reply_source=conversation.reply_source,
        client_isn=conversation.client_isn,
        server_isn=conversation.server_isn,
        client_ts=conversation.client_ts,
        syns=conversation.syns,
        syn_count=conversation.syn_count,
        syn_acks=conversation.syn_acks,
        syn_ack_count=conversation.syn_ack_count,
        established=conversation.established,
        resets=resets.kept if resets else (),
        data_after_reset=resets.data_after if resets else None,
        rejections=conversation.rejections,
        followed=conversation.followed,
    )
