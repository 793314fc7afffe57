"""One SMTP session, from the octets of both directions to a Dialogue (RFC 5321)."""

from collections.abc import Sequence

from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.client_side import ClientSide
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.smtp.server_side import ServerSide
from wiretruth.protocols.smtp.veiling import exchanged


class DialogueParser:
    """Reads one session. Octets of each direction come in order, each once; times are nanoseconds, handed in.

    Whatever the octets are, nothing is raised; memory is bounded (see ``record`` and ``pairing``), and neither message
    text, nor the secrets of AUTH, nor anything behind STARTTLS is kept.
    """

    def __init__(
        self,
        serial: int,
        vantage: str,
        client: Endpoint,
        server: Endpoint,
        at: int,
        *,
        frame: int = 0,
        implicit_tls: bool = False,
        digests: bool = True,
        headers: bool = False,
    ) -> None:
        """Open a session.

        Args:
            serial: of the sighting.
            vantage: label of the vantage.
            client: who speaks commands.
            server: who speaks replies.
            at: when the connection was opened; since then the greeting is awaited.
            frame: the frame of that moment.
            implicit_tls: TLS from the first octet: only the ClientHello is read (RFC 8314).
            digests: take the SHA-256 of both streams; without it they are only measured.
            headers: keep the header sections of messages.
        """
        self._identity = (serial, vantage, client, server, at)
        mark = Mark(at, frame)
        self._conversation = Conversation(at, frame)
        self._client = ClientSide(self._conversation, mark, digests=digests, headers=headers)
        self._server = ServerSide(self._conversation, self._client, digests=digests)
        self._implicit = implicit_tls
        if implicit_tls:
            self._client.begin_tls(implicit=True, mark=mark)

    @property
    def sides(self) -> tuple[ServerSide, ClientSide]:
        """The two directions, to be fed at once by those who feed many."""
        return self._server, self._client

    def receive(self, from_client: bool, at: int, frame: int, octets: bytes) -> None:
        """Take the next octets of one direction."""
        self.receive_run(from_client, octets, (len(octets),), (Mark(at, frame),))

    def receive_run(self, from_client: bool, octets: bytes, ends: Sequence[int], marks: Sequence[Mark]) -> None:
        """Take the next segments of one direction at once, joined.

        Args:
            from_client: whose they are.
            octets: of all segments.
            ends: where each segment ends in *octets*, ascending; the last is their length.
            marks: of each segment.
        """
        (self._client if from_client else self._server).receive_run(octets, ends, marks)

    def gap(self, from_client: bool, at: int, frame: int, length: int) -> None:
        """Octets of one direction are missing and will never come."""
        if from_client:
            self._client.gap(length, Mark(at, frame))
        else:
            self._server.gap(length)

    def finish(self, at: int) -> Dialogue:  # noqa: ARG002 - the verb of every stage
        """Give the dialogue as far as it was seen until *at*."""
        self._client.finish()
        talk = self._conversation
        serial, vantage, client, server, opened = self._identity
        dialogue = Dialogue(
            serial=serial,
            vantage=vantage,
            client=client,
            server=server,
            at=opened,
            greeting=talk.greeting,
            helo=talk.helo,
            extensions=talk.extensions,
            events=tuple(talk.record.events),
            exchanges=() if self._implicit else talk.pairing.exchanges(),
            transactions=talk.transactions.freeze(),
            tls=talk.tls,
            auth=tuple(talk.mechanisms),
            client_stream=self._client.digest.finish(),
            server_stream=self._server.digest.finish(),
            missing_octets=talk.missing_octets,
            events_dropped=talk.record.dropped,
            faults=tuple(talk.record.faults),
        )
        veiled = talk.veiled(whole=not talk.missing_octets and talk.greeting is not None)
        return exchanged(dialogue, veiled) if veiled else dialogue
