"""How a connection fared, by what was seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wiretruth.model.sighting import Outcome, Rejection

if TYPE_CHECKING:
    from wiretruth.flow.conversation import Conversation

_TOO_BIG = {(4, 3, 4), (6, 2, 0)}
"""(IP version, type, code) of the errors that only report a path's MTU (RFC 1191, RFC 4443 §3.2)."""

_ADVICE = {(4, 4), (4, 5)}
"""(IP version, type) of source quench and redirect: the packet they quote was passed on (RFC 6633, RFC 792)."""


def outcome_of(conversation: Conversation) -> Outcome:
    """Judge a connection; the texts of :class:`Outcome` are the definition."""
    resets = conversation.resets.kept if conversation.resets else ()
    if conversation.syn_count == 0:
        return Outcome.MIDSTREAM
    if conversation.established is not None:
        cut = any(r.acceptable and not r.answers_closed for r in resets)
        return Outcome.RESET if cut and conversation.closed is None else Outcome.ESTABLISHED
    if conversation.syn_ack_count:
        return Outcome.HALF_OPEN
    if any(not r.from_client and r.acceptable for r in resets):
        return Outcome.REFUSED
    if any(r.of_syn and _turns_away(r) for r in conversation.rejections):
        return Outcome.REJECTED
    return Outcome.UNANSWERED


def _turns_away(rejection: Rejection) -> bool:
    kind = (rejection.version, rejection.type)
    return kind not in _ADVICE and (*kind, rejection.code) not in _TOO_BIG
