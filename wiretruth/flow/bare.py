"""A row without octets that acknowledges or ends a side: what ``Conversation.receive`` makes of it, without a packet."""

from wiretruth.flow.conversation import Conversation
from wiretruth.model.segments import Bundle, SegmentRows


def bare(conversation: Conversation, bundle: Bundle, rows: SegmentRows, row: int) -> bool:
    """Take a row of a bundle if it only acknowledges, or ends a side in order; tell whether it was taken.

    Where octets are lacking, a reset was seen, or the row may be the second sighting of a packet, it is not.
    """
    ending, number = rows.ending[row], rows.ack[row]
    if not ending and (rows.length[row] or not rows.plain[row]):
        return False
    from_client = rows.by_high[row] == (conversation.client == bundle.high)
    client, server = conversation.from_client, conversation.from_server
    if conversation.lacking or conversation.resets is not None or client is None or server is None:
        return False
    sender, receiver = (client, server) if from_client else (server, client)
    if not (sender.begun and receiver.has_sent(number)):
        return False
    if ending and not sender.may_end(rows.seq[row]):
        return False
    size = rows.fingerprint
    told = rows.fingerprints[row * size : row * size + size]
    if (ending or not receiver.is_news(number)) and conversation.recent.may_know(told):
        return False
    conversation.recent.extend(told)
    conversation.last = mark = rows.marks[row]
    sender.see_bare(rows.ttl[row], mark)
    if conversation.established is None:
        conversation.note_handshake(number, receiver, mark, completes=from_client, holds=0)
    if receiver.acknowledge(number):
        conversation.lacking = True
    if ending:
        sender.finish(rows.headers[row], mark)
    if sender.fin and receiver.fin:
        conversation.note_closing(mark)
    return True
