"""What was sent, packet by packet, as far as the report knows the packets: of a connection, and of a lookup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.sighting import HalfStream, Outcome, Rejection, SegmentMark
from wiretruth.model.smtp import Command, Dialogue, Step
from wiretruth.reports._text.dialogue import reply_words
from wiretruth.reports._text.handshake import reason_words
from wiretruth.reports._text.lookups import answer_words
from wiretruth.reports._words import count

MADE_BY_HOP: Final = "ICMP"
"""How the words begin of what neither end sent, but somebody between."""
_SAME: Final = 4 * NANOSECONDS // 10
"""Two sightings of one SYN lie closer than this, and two sendings of it never do (RFC 6298 §2: a second or more)."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What one packet said, or several things in one packet."""

    at: int
    from_client: bool
    label: str
    """A few words."""
    lines: tuple[str, ...]
    """All of it."""
    places: tuple[tuple[str, int], ...]
    """Vantages and frames, nearest to the client first."""
    kind: str = "data"
    """``open``, ``data``, ``close``, ``reset``, ``error``, ``name``."""
    arrived: bool = True
    """Nothing says that it was lost behind the last place that saw it."""
    again: bool = False
    """It was sent before."""

    @property
    def frame(self) -> int:
        """The frame at the nearest place."""
        return self.places[0][1]


def of_connection(connection: Connection) -> list[Speech]:
    """Give what was sent on a connection, in no order, one entry for a packet."""
    nearest = connection.nearest
    told = [*_handshake(connection)]
    if connection.dialogue is not None:
        told += _dialogue(connection.dialogue)
    for from_client in (True, False):
        half = nearest.half(from_client)
        if connection.dialogue is None:
            told += _bare(nearest.vantage, half, from_client=from_client)
        told += _stuck(nearest.vantage, half, from_client=from_client)
        if half.fin is not None:
            told.append(_one(nearest.vantage, half.fin, "FIN", from_client=from_client, kind="close"))
    for reset in nearest.resets:
        mark = Mark(reset.at, reset.frame)
        told.append(_one(nearest.vantage, mark, "RST", from_client=reset.from_client, kind="reset"))
    told += (_error(nearest.vantage, rejection) for rejection in nearest.rejections)
    return [_doubted(speech, nearest.half(speech.from_client)) for speech in _joined(told)]


def _doubted(speech: Speech, half: HalfStream) -> Speech:
    """Say of what was sent behind something that nobody acknowledged that it was not seen to arrive either."""
    stuck = half.unacknowledged
    in_vain = stuck is not None and speech.at >= stuck.first.at and speech.kind in ("data", "close")
    return replace(speech, arrived=False) if in_vain else speech


def of_lookup(tied: TiedLookup) -> Iterator[Speech]:
    """Give the queries and the answer of a lookup."""
    lookup = tied.nearest
    question = f"{lookup.question.type} {lookup.question.name}?"
    for number, query in enumerate(lookup.queries):
        sent = _one(lookup.vantage, query, question, from_client=True, kind="name")
        yield replace(sent, arrived=lookup.response is not None, again=number > 0)
    if lookup.response is not None:
        yield _one(lookup.vantage, lookup.response, answer_words(lookup), from_client=False, kind="name")
    for rejection in lookup.rejections:
        yield _error(lookup.vantage, rejection)


def _one(vantage: str, mark: Mark, label: str, *, from_client: bool, kind: str = "data") -> Speech:
    return Speech(mark.at, from_client, label, (label,), ((vantage, mark.frame),), kind)


def _handshake(connection: Connection) -> Iterator[Speech]:
    sightings, nearest = connection.sightings, connection.nearest
    syns = list(_paired([(s.vantage, s.syns) for s in sightings]))
    answers = [(at, places[::-1]) for at, places in _paired([(s.vantage, s.syn_acks) for s in reversed(sightings)])]
    refusals = [r.at for r in nearest.resets] if nearest.outcome is Outcome.REFUSED else []
    taken_up = [nearest.established.at] if nearest.established else []
    back = [*(at for at, _ in answers), *refusals, *taken_up]
    yield from _sendings(syns, "SYN", back, from_client=True)
    yield from _sendings(answers, "SYN, ACK", taken_up, from_client=False)
    if nearest.established is not None and nearest.followed:
        yield _one(nearest.vantage, nearest.established, "ACK", from_client=True, kind="open")


def _sendings(
    sent: list[tuple[int, tuple[tuple[str, int], ...]]], label: str, answered: list[int], *, from_client: bool
) -> Iterator[Speech]:
    for number, (at, places) in enumerate(sent):
        following = sent[number + 1][0] if number + 1 < len(sent) else None
        arrived = any(at <= reply and (following is None or reply <= following) for reply in answered)
        yield Speech(at, from_client, label, (label,), places, "open", arrived, again=number > 0)


def _paired(
    marked: list[tuple[str, tuple[SegmentMark, ...]]],
) -> Iterator[tuple[int, tuple[tuple[str, int], ...]]]:
    """Tie the sightings of each sending: by its IP identification, else by time."""
    sendings: list[list[tuple[str, SegmentMark]]] = []
    for vantage, marks in marked:
        for mark in marks:
            free = (s for s in sendings if all(v != vantage for v, _ in s) and _is_same(s[0][1], mark))
            known = next(free, None)
            if known is None:
                sendings.append([(vantage, mark)])
            else:
                known.append((vantage, mark))
    for sending in sorted(sendings, key=lambda s: s[0][1].at):
        yield sending[0][1].at, tuple((vantage, mark.frame) for vantage, mark in sending)


def _is_same(one: SegmentMark, other: SegmentMark) -> bool:
    if one.ip_id and other.ip_id:
        return one.ip_id == other.ip_id
    return abs(one.at - other.at) < _SAME


def _dialogue(dialogue: Dialogue) -> Iterator[Speech]:
    yield from _message_ends(dialogue)
    for event in dialogue.events:
        if isinstance(event, Command):
            said = f"{event.verb} {event.argument}".rstrip()
            yield Speech(event.at, True, said, (said,), ((dialogue.vantage, event.frame),))
        else:
            said = reply_words(event)
            lines = tuple(f"{event.code} {line}" for line in event.lines) or (said,)
            yield Speech(event.at, False, said, lines, ((dialogue.vantage, event.frame),))
    if dialogue.tls is not None:
        tls = dialogue.tls
        said = "TLS begins" + (f" ({tls.server_name})" if tls.server_name else "")
        yield Speech(tls.at, True, said, (said,), ((dialogue.vantage, tls.frame),))


def _message_ends(dialogue: Dialogue) -> Iterator[Speech]:
    octets = {t.ended_frame: t.octets for t in dialogue.transactions if t.ended_frame is not None}
    for exchange in dialogue.exchanges:
        if exchange.step is Step.END_OF_DATA:
            size = octets.get(exchange.asked_frame)
            said = "end of the message" + ("" if size is None else f" ({count(size, 'octet')})")
            yield Speech(exchange.asked, True, said, (said,), ((dialogue.vantage, exchange.asked_frame),))


def _bare(vantage: str, half: HalfStream, *, from_client: bool) -> Iterator[Speech]:
    first, last = half.first_data, half.last_data
    if first is not None:
        yield _one(vantage, first, "first octets", from_client=from_client)
    if last is not None and last != first:
        yield _one(vantage, last, "last octets", from_client=from_client)


def _stuck(vantage: str, half: HalfStream, *, from_client: bool) -> Iterator[Speech]:
    stuck = half.unacknowledged
    if stuck is None or stuck.sendings < 2:  # noqa: PLR2004 - sent once is not yet sent in vain
        return
    what = "FIN" if stuck.fin_only else "not acknowledged"
    marks = stuck.marks or (stuck.first, stuck.last)
    for number, mark in enumerate(marks):
        again = f", sending {number + 1} of {stuck.sendings}" if stuck.marks else ""
        sent = _one(vantage, mark, f"{what}{again}", from_client=from_client)
        yield replace(sent, arrived=False, again=number > 0)


def _error(vantage: str, rejection: Rejection) -> Speech:
    words = f"{MADE_BY_HOP} from {rejection.sender}: {reason_words(rejection)}"
    mtu = f", next-hop MTU {rejection.mtu}" if rejection.mtu else ""
    return _one(vantage, Mark(rejection.at, rejection.frame), words + mtu, from_client=False, kind="error")


def _joined(told: Iterable[Speech]) -> list[Speech]:
    """Join what one packet carried: pipelined commands, a last line with the FIN."""
    packets: dict[tuple[tuple[str, int], bool], Speech] = {}
    for speech in told:
        key = (speech.places[0], speech.from_client)
        before = packets.get(key)
        packets[key] = speech if before is None else _both(before, speech)
    return list(packets.values())


def _both(one: Speech, other: Speech) -> Speech:
    new = [line for line in other.lines if line not in one.lines]
    words = other.label if one.kind == "data" == other.kind and not one.again else other.label.split(",")[0]
    return replace(
        one,
        label=f"{one.label}, {words}" if new else one.label,
        lines=(*one.lines, *new),
        kind=other.kind if one.kind == "data" else one.kind,
        arrived=one.arrived and other.arrived,
        again=one.again or other.again,
    )
