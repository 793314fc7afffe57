"""DNS over TCP: two octets of length before each message (RFC 1035 §4.2.2, RFC 7766 §8)."""

from wiretruth.model.frames import Fault
from wiretruth.protocols.dns.names import HEADER_OCTETS

_LENGTH_OCTETS = 2


class MessageStream:
    """Cuts the ordered octets of one direction into messages; holds at most one unfinished message between calls."""

    __slots__ = ("_buffer", "_position", "_skip", "fault")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._position = 0
        self._skip = 0
        self.fault: Fault | None = None
        """Why the stream is read no further: the framing was lost, at this offset from its first octet."""

    def receive(self, octets: bytes) -> list[bytes]:
        """Take the next octets, in pieces of any size; give the messages that they complete."""
        skipped = min(self._skip, len(octets))
        self._skip -= skipped
        self._position += skipped
        messages: list[bytes] = []
        if not self.fault:
            self._buffer += octets[skipped:]
            while message := self._next():
                messages.append(message)
        return messages

    def gap(self, length: int) -> None:
        """Note that *length* octets are missing here.

        Where the message at hand reaches at least as far, only that message is lost: the next one begins at a known
        place. Otherwise the framing is lost, and with it the rest of the stream: a guess could invent messages.
        """
        missing = self._skip or self._size() - len(self._buffer)
        if length > missing:
            self._stop(len(self._buffer), "octets without a gap", f"{length} octets missing")
            return
        self._position += len(self._buffer) + length
        self._skip = missing - length
        self._buffer.clear()

    def _size(self) -> int:
        """Octets of the message at hand, its length included; 0 where not even that is known."""
        if len(self._buffer) < _LENGTH_OCTETS:
            return 0
        return _LENGTH_OCTETS + (self._buffer[0] << 8 | self._buffer[1])

    def _next(self) -> bytes | None:
        size = self._size()
        if not size or self.fault:
            return None
        if size < _LENGTH_OCTETS + HEADER_OCTETS:
            self._stop(0, f"a length of at least {HEADER_OCTETS}", str(size - _LENGTH_OCTETS))
            return None
        if len(self._buffer) < size:
            return None
        message = bytes(self._buffer[_LENGTH_OCTETS:size])
        del self._buffer[:size]
        self._position += size
        return message

    def _stop(self, ahead: int, expected: str, got: str) -> None:
        if not self.fault:
            self.fault = Fault("dns stream", self._position + ahead, expected, got)
        self._skip = 0
        self._buffer.clear()
