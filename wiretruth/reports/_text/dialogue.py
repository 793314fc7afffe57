"""One SMTP dialogue as lines of a story: what went well in few words, what did not in the server's own."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.smtp import Command, Dialogue, Exchange, Reply, Step
from wiretruth.model.status_codes import explained
from wiretruth.model.tls import TlsStart
from wiretruth.reports._text.moment import Moment
from wiretruth.reports._text.page import Piece
from wiretruth.reports._text.style import BAD, DOUBTFUL, GOOD, QUIET
from wiretruth.reports._words import count

TELLING_WAIT: Final = NANOSECONDS
"""A wait for a reply is told from here on: shorter ones are a server at work."""
FAILURE: Final = 400
"""Reply codes from here on refuse (RFC 5321 §4.2.1)."""
SHOWN_NAMES: Final = 3
"""Names of a certificate that a story tells; the rest is counted."""
LONGEST_REPLY: Final = 400
"""Characters of a reply that a story quotes."""


def told(dialogue: Dialogue, until: int) -> Iterator[Moment]:
    """Tell the dialogue in short.

    Args:
        dialogue: as observed.
        until: last moment of the connection: how long a missing reply was waited for.
    """
    octets = {t.ended_frame: t.octets for t in dialogue.transactions if t.ended_frame is not None}
    heard = (x for x in dialogue.exchanges if x.step is not Step.QUIT)
    for telling, run in groupby(heard, _is_telling):
        if telling:
            yield from (Moment(x.asked, _telling(x, octets.get(x.asked_frame), until)) for x in run)
        else:
            yield _agreed(list(run))
    if dialogue.tls:
        yield Moment(dialogue.tls.at, [(tls_words(dialogue.tls), QUIET)])


def spelt_out(dialogue: Dialogue) -> Iterator[Moment]:
    """Give every line of the dialogue: ``C:`` the client's, ``S:`` the server's."""
    for event in dialogue.events:
        if isinstance(event, Command):
            yield Moment(event.at, [("C: ", "bold"), f"{event.verb} {event.argument}".rstrip()])
        else:
            for words in _reply_lines(event):
                yield Moment(event.at, [("S: ", "bold"), (words, _style(event))])
    if dialogue.events_dropped:
        last = dialogue.events[-1].at if dialogue.events else dialogue.at
        yield Moment(last, [(f"({count(dialogue.events_dropped, 'further line')} not kept)", QUIET)])
    if dialogue.tls:
        yield Moment(dialogue.tls.at, [(tls_words(dialogue.tls), QUIET)])


def reply_words(reply: Reply) -> str:
    """Quote a reply on one line: its code, then all its text."""
    words = " ".join((str(reply.code), *reply.lines))
    return words if len(words) <= LONGEST_REPLY else words[:LONGEST_REPLY] + " ..."


def _is_telling(exchange: Exchange) -> bool:
    reply = exchange.reply
    if reply is None or exchange.step in (Step.BANNER, Step.END_OF_DATA):
        return True
    return reply.code >= FAILURE or reply.at - exchange.asked >= TELLING_WAIT


def _telling(exchange: Exchange, octets: int | None, until: int) -> list[Piece]:
    what = _what(exchange, octets)
    reply = exchange.reply
    if reply is None:
        waited = until - exchange.asked
        silence = f"no reply seen in {duration(waited)}" if waited >= TELLING_WAIT else "no reply seen"
        return [f"{what}: ", (silence, BAD)]
    waited = reply.at - exchange.asked
    wait = f" (after {duration(waited)})" if waited >= TELLING_WAIT else ""
    meaning = explained(reply.enhanced) if reply.code >= FAILURE else ""
    said: Piece = (f" [{meaning}]" if meaning else "", QUIET)
    return [f"{what}: ", (reply_words(reply), _style(reply)), wait, said]


def _what(exchange: Exchange, octets: int | None) -> str:
    if exchange.step is Step.BANNER:
        return "greeting"
    if exchange.step is Step.END_OF_DATA:
        return "message" if octets is None else f"message of {count(octets, 'octet')}"
    command = exchange.command
    return f"{command.verb} {command.argument}".rstrip() if command else exchange.step.value


def _agreed(run: list[Exchange]) -> Moment:
    steps = []
    for (step, _), same in groupby(
        run, lambda x: (x.step, x.command.verb if x.command and x.step is Step.OTHER else "")
    ):
        alike = list(same)
        command = alike[0].command
        named = f"{command.verb} {command.argument}" if step is Step.EHLO and command else step.value
        if step is Step.OTHER and command is not None:
            named = command.verb
        steps.append(f"{len(alike)} {named}" if len(alike) > 1 else named)
    return Moment(run[0].asked, [", ".join(steps) + ": agreed"])


def _style(reply: Reply) -> str:
    return GOOD if reply.code < FAILURE else DOUBTFUL if reply.code // 100 == FAILURE // 100 else BAD


def tls_words(start: TlsStart) -> str:
    """Say that TLS begins, and what it shows before it hides everything."""
    details = ", ".join(filter(None, (start.chosen or start.version, start.server_name and f"for {start.server_name}")))
    how = " from the first octet" if start.implicit else ""
    shown = f"; its certificate is for {_names(start.names)}" if start.names else ""
    return f"TLS begins{how}{details and f' ({details})'}{shown}: nothing behind it is readable"


def _names(names: tuple[str, ...]) -> str:
    more = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {count(more, 'more name')}" if more > 0 else "")


def _reply_lines(reply: Reply) -> Iterator[str]:
    last = len(reply.lines) - 1
    for number, words in enumerate(reply.lines or ("",)):
        yield f"{reply.code}{'-' if number < last else ' '}{words}".rstrip()
