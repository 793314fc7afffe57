"""The SMTP lane: what happened on a TCP connection becomes a dialogue, where it is one."""

import dataclasses
from collections.abc import Iterable, Sequence

from wiretruth.model.sighting import FlowEvent, Opened, Sighting, StreamGap, StreamOctets, StreamRun
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.recognition import Verdict


class DialogueLane:
    """One candidate for each connection that may still prove to be SMTP."""

    def __init__(self, *, digests: bool = True, headers: bool = False) -> None:
        """Begin.

        Args:
            digests: take the SHA-256 of what was said, for those who list dialogues.
            headers: keep the header sections of messages, for those who show them.
        """
        self._digests, self._headers = digests, headers
        self._opened: dict[int, Opened] = {}
        self._candidates: dict[int, Candidate] = {}
        self._complete: dict[int, Dialogue | None] = {}
        """Of connections that linger, their sightings not being finished."""

    def receive(self, event: FlowEvent) -> None:
        """Take an event; a connection costs nothing here before its first octets, nor once it is known not to be SMTP."""
        if isinstance(event, Opened):
            self._opened[event.serial] = event
        elif isinstance(event, StreamRun):
            self.hear((event,))
        elif isinstance(event, StreamOctets | StreamGap):
            candidate = self._candidate(event.serial)
            if candidate is not None:
                _told(candidate, event)
                self._let_go(event.serial, candidate)

    def hear(self, runs: Sequence[StreamRun]) -> None:
        """Take octets of one connection, at least one run of them."""
        serial = runs[0].serial
        candidate = self._candidate(serial)
        if candidate is None:
            return
        for _, from_client, octets, ends, marks in runs:
            candidate.receive_run(from_client, octets, ends, marks)
        self._let_go(serial, candidate)

    def go_on(self, opened: Opened, candidate: Candidate | None) -> None:
        """Take a connection of which others have heard so far; without a candidate, nothing was said."""
        if candidate is None:
            self._opened[opened.serial] = opened
        elif candidate.recognition.verdict is not Verdict.NOT:
            self._candidates[opened.serial] = candidate

    def complete(self, serials: Iterable[int], now: int) -> None:
        """Make the dialogues of connections on which no more is said: they are smaller than what reads them."""
        for serial in serials:
            candidate = self._candidates.pop(serial, None)
            if candidate is not None:
                self._complete[serial] = candidate.finish(now)

    def take(self, sighting: Sighting) -> Dialogue | None:
        """Give the dialogue of a finished sighting, and forget it."""
        self._opened.pop(sighting.serial, None)
        if sighting.serial in self._complete:
            return self._complete.pop(sighting.serial)
        candidate = self._candidates.pop(sighting.serial, None)
        return candidate.finish(sighting.last.at) if candidate else None

    def _candidate(self, serial: int) -> Candidate | None:
        """Give the candidate of a connection, opened with its first octets; ``None`` where it was let go before."""
        candidate = self._candidates.get(serial)
        if candidate is None:
            opened = self._opened.pop(serial, None)
            if opened is None:
                return None
            candidate = self._candidates[serial] = Candidate(
                *opened[:5], frame=opened.frame, digests=self._digests, headers=self._headers
            )
        return candidate

    def _let_go(self, serial: int, candidate: Candidate) -> None:
        if candidate.recognition.verdict is Verdict.NOT:
            del self._candidates[serial]


def _told(candidate: Candidate, event: StreamOctets | StreamGap) -> None:
    if isinstance(event, StreamGap):
        candidate.gap(event.from_client, event.at, event.frame, event.length)
    else:
        candidate.receive(event.from_client, event.at, event.frame, event.octets)


def turned(sighting: Sighting, dialogue: Dialogue | None) -> Sighting:
    """Give the sighting with client and server as the dialogue shows them: without a handshake they were a guess."""
    if dialogue is None or sighting.roles_known or dialogue.client == sighting.client:
        return sighting
    return dataclasses.replace(
        sighting,
        client=sighting.server,
        server=sighting.client,
        from_client=sighting.from_server,
        from_server=sighting.from_client,
        client_isn=sighting.server_isn,
        server_isn=sighting.client_isn,
        resets=tuple(r._replace(from_client=not r.from_client) for r in sighting.resets),
    )
