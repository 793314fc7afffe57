"""How a connection fared, by what was seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wiretruth.model.sighting import Outcome, Rejection

if TYPE_CHECKING:
    from wiretruth.flow.conversation import Conversation

_TOO_BIG = {(4, 3, 4), (6, 2, 0)}
"""(IP version, type, code) of the errors that only report a path's MTU (RFC 1191, RFC 4443 §3.2)."""


def outcome_of(conversation: Conversation) -> Outcome:
    """Judge a connection; the texts of :class:`Outcome` are the definition."""
    if conversation.syn_count == 0:
        return Outcome.MIDSTREAM
    if conversation.established is not None:
        cut = any(r.acceptable and not r.answers_closed for r in conversation.resets)
        return Outcome.RESET if cut and conversation.closed is None else Outcome.ESTABLISHED
    if any(not r.from_client and r.acceptable for r in conversation.resets) and not conversation.syn_ack_count:
        return Outcome.REFUSED
    if conversation.syn_ack_count:
        return Outcome.HALF_OPEN
    if any(r.of_syn and not _is_too_big(r) for r in conversation.rejections):
        return Outcome.REJECTED
    return Outcome.UNANSWERED


def _is_too_big(rejection: Rejection) -> bool:
    return (rejection.version, rejection.type, rejection.code) in _TOO_BIG
