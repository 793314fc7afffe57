"""TLS within a dialogue, as far as it may be heard: that it began, both Hellos, and a certificate in the clear (RFC 3207, RFC 8314)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from wiretruth.model.frames import Mark
from wiretruth.model.tls import TlsStart
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.tls.client_hello import ClientHelloReader
from wiretruth.protocols.tls.server_flight import ServerFlightReader


class Handshake:
    """Tells the conversation of TLS."""

    __slots__ = ("_conversation", "_hello")

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._hello: ClientHelloReader | None = None

    def begin(self, *, implicit: bool, mark: Mark) -> None:
        """From here on the client speaks TLS."""
        self._hello = ClientHelloReader()
        self._conversation.tls = TlsStart(mark.at, mark.frame, implicit)
        self._conversation.flight = ServerFlightReader()

    def undo(self) -> None:
        """The server would not have it."""
        self._conversation.tls = self._conversation.flight = self._hello = None

    def receive_run(self, octets: bytes, ends: Sequence[int], start: int) -> None:
        """Take the client's octets from *start* on, segment by segment: the bounds of a ClientHello count them."""
        hello = self._hello
        if hello is None or hello.done:
            return
        for end in ends[bisect_right(ends, start) :]:
            hello.receive(octets[start:end])
            start = end

    def finish(self) -> None:
        """No more will come: tell what both Hellos and the certificate said."""
        tls, flight = self._conversation.tls, self._conversation.flight
        hello = self._hello.finish() if self._hello else None
        if tls is not None and hello is not None:
            tls = replace(tls, server_name=hello.server_name, version=hello.version)
        if tls is not None and flight is not None:
            said = flight.flight
            tls = replace(tls, chosen=said.version, names=said.names)
            if said.fault is not None:
                fault = said.fault
                self._conversation.record.fault(fault.where, fault.offset, fault.expected, fault.got, tls.frame)
        self._conversation.tls = tls
