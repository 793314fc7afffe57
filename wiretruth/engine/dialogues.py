"""The SMTP lane: what happened on a TCP connection becomes a dialogue, where it is one."""

import dataclasses

from wiretruth.model.sighting import FlowEvent, Opened, Sighting, StreamGap, StreamOctets, StreamRun
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.recognition import Verdict

_OF_STREAMS = (StreamRun, StreamOctets, StreamGap)


class DialogueLane:
    """One candidate for each connection that may still prove to be SMTP."""

    def __init__(self, *, digests: bool = True) -> None:
        """Begin; *digests*: take the SHA-256 of what was said, for those who list dialogues."""
        self._digests = digests
        self._opened: dict[int, Opened] = {}
        self._candidates: dict[int, Candidate] = {}

    def receive(self, event: FlowEvent) -> None:
        """Take an event; a connection costs nothing here before its first octets, nor once it is known not to be SMTP."""
        if isinstance(event, _OF_STREAMS):
            candidate = self._candidates.get(event.serial) or self._begin(event.serial)
            if candidate is None:
                return
            if isinstance(event, StreamRun):
                candidate.receive_run(event.from_client, event.octets, event.ends, event.marks)
            elif isinstance(event, StreamOctets):
                candidate.receive(event.from_client, event.at, event.frame, event.octets)
            else:
                candidate.gap(event.from_client, event.at, event.frame, event.length)
            if candidate.recognition.verdict is Verdict.NOT:
                del self._candidates[event.serial]
        elif isinstance(event, Opened):
            self._opened[event.serial] = event

    def take(self, sighting: Sighting) -> Dialogue | None:
        """Give the dialogue of a finished sighting, and forget it."""
        self._opened.pop(sighting.serial, None)
        candidate = self._candidates.pop(sighting.serial, None)
        return candidate.finish(sighting.last.at) if candidate else None

    def _begin(self, serial: int) -> Candidate | None:
        """Open the candidate of a connection's first octets; ``None`` where it was let go before."""
        opened = self._opened.pop(serial, None)
        if opened is None:
            return None
        candidate = self._candidates[serial] = Candidate(*opened[:5], frame=opened.frame, digests=self._digests)
        return candidate


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
