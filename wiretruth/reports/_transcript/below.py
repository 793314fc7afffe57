"""What passed below the dialogue: how the connection began, what was sent again, and how it ended."""

from collections.abc import Iterator, Sequence
from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.sighting import HalfStream, Outcome, SegmentMark, Sighting
from wiretruth.reports._text.handshake import reason_words, silence
from wiretruth.reports._transcript.beat import Beat, Who
from wiretruth.reports._words import count

_MILLISECOND: Final = 1_000_000
_SIDES: Final = (Who.CLIENT, Who.SERVER)


def beginning(sighting: Sighting) -> Iterator[Beat]:
    """Give the handshake: on one line where it went as it should, and packet by packet where not."""
    if not sighting.syn_count:
        words = "the handshake is not in this capture: the connection was there before"
        yield Beat(*sighting.opened, Who.NETWORK, "midstream", (words,))
        return
    opened = sighting.established
    if sighting.syn_count > 1 or sighting.syn_ack_count > 1 or opened is None:
        yield from _repeated(sighting.syns, sighting.syn_count, Who.CLIENT, "SYN")
        yield from _repeated(sighting.syn_acks, sighting.syn_ack_count, Who.SERVER, "SYN-ACK")
    if opened is not None:
        took = opened.at - sighting.opened.at
        after = f" after {duration(took)}" if took >= _MILLISECOND else ""
        yield Beat(*opened, Who.CLIENT, "connected", (f"connected{after}",))


def _repeated(marks: Sequence[SegmentMark], number: int, who: Who, what: str) -> Iterator[Beat]:
    """Give what was sent several times, the further ones that were not kept with the last."""
    for place, mark in enumerate(marks, 1):
        further = number - len(marks) if place == len(marks) else 0
        again = f" again, for the {_ordinal(place)} time" if place > 1 else ""
        more = f", and {count(further, 'time')} more" if further > 0 else ""
        yield Beat(mark.at, mark.frame, who, what.lower(), (f"{what}{again}{more}",), bad=place > 1)


def meanwhile(sighting: Sighting) -> Iterator[Beat]:
    """Give what was sent again, errors and resets."""
    for who, half in zip(_SIDES, (sighting.from_client, sighting.from_server), strict=True):
        yield from _again(half, who)
        if half.zero_window is not None:
            words = f"the {who} has no room for more, and never says that it has again"
            yield Beat(*half.zero_window, who, "zero-window", (words,), bad=True)
        if half.fin is not None:
            yield Beat(*half.fin, who, "fin", (f"the {who} closes",))
    for rejection in sighting.rejections:
        about = " about the SYN" if rejection.of_syn else ""
        words = f"ICMP error{about} by {rejection.sender}: {reason_words(rejection)}"
        yield Beat(rejection.at, rejection.frame, Who.NETWORK, "icmp", (words,), bad=True)
    for reset in sighting.resets:
        who = Who.CLIENT if reset.from_client else Who.SERVER
        refused = sighting.outcome is Outcome.REFUSED and not reset.from_client
        words = "RST: connection refused" if refused else f"RST in the {who}'s name"
        yield Beat(reset.at, reset.frame, who, "rst", (words,), bad=True)


def _again(half: HalfStream, who: Who) -> Iterator[Beat]:
    further = half.retransmitted - len(half.resent)
    for place, mark in enumerate(half.resent, 1):
        more = f", and {count(further, 'time')} more" if further > 0 and place == len(half.resent) else ""
        yield Beat(*mark, who, "again", (f"the {who} sends a segment again{more}",), bad=True)


def end(sighting: Sighting, watched_until: int, unanswered: str | None, *, spoke: bool) -> Iterator[Beat]:
    """Say how it stands at the end, where it did not close in good order.

    Args:
        sighting: as observed.
        watched_until: the last moment of its capture.
        unanswered: what the server was asked last, where no reply to it was seen.
        spoke: a dialogue was read.
    """
    at, frame = sighting.last
    quiet = silence(sighting) if not spoke else None
    if quiet is not None:
        words = "".join(piece if isinstance(piece, str) else piece[0] for piece in quiet.pieces)
        yield Beat(at, frame, Who.NETWORK, "nothing-said", (words,), bad=True)
    if unanswered is not None:
        yield Beat(at, frame, Who.SERVER, "no-reply", (f"no reply to {unanswered} was seen",), bad=True)
    for who, half in zip(_SIDES, (sighting.from_client, sighting.from_server), strict=True):
        stuck = half.unacknowledged
        if stuck is not None and stuck.sendings > 1:
            what = "FIN" if stuck.fin_only else count(stuck.octets, "octet")
            words = f"the {who}'s {what} never acknowledged, sent {stuck.sendings} times"
            yield Beat(at, frame, who, "unacknowledged", (words,), bad=True)
    if sighting.closed is None and sighting.outcome not in (Outcome.REFUSED, Outcome.REJECTED):
        rest = watched_until - at
        what = "no answer" if sighting.outcome is Outcome.UNANSWERED else "nothing more"
        words = f"{what} until the capture ends, {duration(rest)} later" if rest > 0 else "the capture ends here"
        yield Beat(at, frame, Who.NETWORK, "end", (words,), bad=sighting.outcome is Outcome.UNANSWERED)


def _ordinal(number: int) -> str:
    return f"{number}{ {2: 'nd', 3: 'rd'}.get(number, 'th') }"
