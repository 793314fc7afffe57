"""Whether a packet meets a condition: yes, no, or unknown; never guessed."""

import enum
from collections.abc import Iterable, Sequence

from wiretruth.firewall.packet import Known, Passing
from wiretruth.model.ruleset import IPV6_ABOVE, Bits, Field, Match, Range, Value, Word


class Answer(enum.Enum):
    """Three-valued truth (Kleene's)."""

    NO = 0
    UNKNOWN = 1
    YES = 2


def holds(match: Match, packet: Passing) -> Answer:
    """Tell whether a condition holds for a packet."""
    if not match.fields:
        return Answer.UNKNOWN
    if any(packet.seen(field) == () for field in match.fields):
        return Answer.NO  # the rule asks for what the packet does not have: negated or not, it does not match
    answer = among(match.fields, match.elements, packet)
    if match.changing:
        return Answer.UNKNOWN
    return Answer(Answer.YES.value - answer.value) if match.negated else answer


def among(fields: Sequence[Field], elements: Iterable[tuple[Value, ...]], packet: Passing) -> Answer:
    """Tell whether the packet's fields, taken together, are one of the elements."""
    known = [packet.seen(field) for field in fields]
    best = Answer.NO
    for element in elements:
        answer = _fits(known, element)
        if answer is Answer.YES:
            return answer
        if answer is Answer.UNKNOWN:
            best = answer
    return best


def _fits(known: list[Known | None], element: tuple[Value, ...]) -> Answer:
    unknown = False
    for values, wanted in zip(known, element, strict=True):
        if values is None:
            unknown = True
        elif not any(_is(value, wanted) for value in values):
            return Answer.NO
    return Answer.UNKNOWN if unknown else Answer.YES


def _is(value: int | str, wanted: Value) -> bool:
    if isinstance(value, str):
        if not isinstance(wanted, Word):
            return False
        return value.startswith(wanted.text) if wanted.prefix else value == wanted.text
    if isinstance(wanted, Range):
        return wanted.low <= value <= wanted.high
    if isinstance(wanted, Bits):
        return value & (wanted.mask | (value & IPV6_ABOVE)) == wanted.value
    return False
