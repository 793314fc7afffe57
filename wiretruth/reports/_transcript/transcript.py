"""One connection of mail, from its first packet to its last."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from wiretruth.model.connection import Connection
from wiretruth.model.delivery import Delivery
from wiretruth.model.report import Report
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Command, Dialogue, Step
from wiretruth.reports._transcript.beat import Beat
from wiretruth.reports._transcript.below import beginning, end, meanwhile
from wiretruth.reports._transcript.speech import speech


class Transcript(NamedTuple):
    """One connection, numbered."""

    number: int
    """From 1, by time, among all connections of mail in the input."""
    connection: Connection
    domains: tuple[str, ...] = ()
    """Recipient domains of the deliveries that it was an attempt of."""
    recipients: tuple[str, ...] = ()
    """Of these deliveries, and of its envelopes."""
    meant: tuple[str, ...] = ()
    """Names under which these deliveries looked for its server."""
    watched_until: int = 0
    """The last moment of its capture."""

    @property
    def sighting(self) -> Sighting:
        """The one that the dialogue was read from; the nearest the client where there is none."""
        spoken = self.connection.dialogue
        found = (s for s in self.connection.sightings if spoken is not None and s.serial == spoken.serial)
        return next(found, self.connection.nearest)

    def beats(self) -> list[Beat]:
        """Give what happened, in the order of the capture."""
        seen, dialogue = self.sighting, self.connection.dialogue
        said = speech(dialogue) if dialogue is not None else ()
        happened = sorted(chain(beginning(seen), said, meanwhile(seen)), key=_frame)
        return [*happened, *end(seen, self.watched_until, _unanswered(dialogue), spoke=dialogue is not None)]

    def notes(self) -> Iterator[str]:
        """Say what the transcript lacks, and whether it was another one elsewhere."""
        dialogue = self.connection.dialogue
        if dialogue is None:
            return
        if dialogue.missing_octets:
            yield f"{dialogue.missing_octets:,} octets of it are not in the capture: what was said there is not known"
        if dialogue.events_dropped:
            yield f"{dialogue.events_dropped:,} further lines were not kept"
        for other in self.connection.elsewhere:
            if _is_whole(dialogue) and _is_whole(other) and _words(other) != _words(dialogue):
                yield f"at {other.vantage} it reads otherwise: wiretruth read says what that means"


def transcripts(report: Report) -> list[Transcript]:
    """Number every connection of mail in a report."""
    ends = {label: source.last or 0 for source in report.inputs for label in source.vantages}
    told: dict[int, list[Delivery]] = {}
    for delivery in report.deliveries:
        for attempt in delivery.attempts:
            told.setdefault(attempt.connection.nearest.serial, []).append(delivery)
    ordered = sorted(report.connections, key=lambda c: (c.at, c.nearest.serial))
    return [
        _numbered(number, c, told.get(c.nearest.serial, []), ends.get(c.nearest.vantage, 0))
        for number, c in enumerate(ordered, 1)
    ]


def _numbered(number: int, connection: Connection, told: list[Delivery], end: int) -> Transcript:
    spoken = () if connection.dialogue is None else connection.dialogue.transactions
    envelopes = [path.mailbox for transaction in spoken for path in transaction.forward_paths]
    server = connection.server.address
    return Transcript(
        number,
        connection,
        _once(delivery.domain for delivery in told if delivery.domain),
        _once([*envelopes, *(mailbox for delivery in told for mailbox in delivery.recipients)]),
        _once(host.name for delivery in told for host in delivery.expected if server in host.addresses),
        end,
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _frame(beat: Beat) -> int:
    return beat.frame


def _unanswered(dialogue: Dialogue | None) -> str | None:
    """Name the first thing that was asked and not answered."""
    if dialogue is None or dialogue.tls is not None or dialogue.missing_octets:
        return None
    missed = next((x for x in dialogue.exchanges if x.reply is None and x.step is not Step.QUIT), None)
    if missed is None:
        return None
    return {Step.BANNER: "the connection (no greeting)", Step.END_OF_DATA: "the message"}.get(
        missed.step, missed.step.value
    )


def _is_whole(dialogue: Dialogue) -> bool:
    return dialogue.greeting is not None and not dialogue.missing_octets and not dialogue.events_dropped


def _words(dialogue: Dialogue) -> list[tuple[object, ...]]:
    return [
        (event.verb, event.argument) if isinstance(event, Command) else (event.code, event.lines)
        for event in dialogue.events
    ]
