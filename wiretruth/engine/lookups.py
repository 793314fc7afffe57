"""The DNS lane: datagrams, streams and ICMP errors become lookups."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from wiretruth.model.dns import DnsMessage, Lookup
from wiretruth.model.frames import Fault
from wiretruth.model.packet import UDP as UDP_PROTOCOL
from wiretruth.model.packet import Endpoint, IcmpMessage, Packet, UdpDatagram
from wiretruth.model.sighting import Finished, FlowEvent, Opened, Rejection, StreamGap, StreamOctets, StreamRun
from wiretruth.protocols.dns.lookups import LookupTable
from wiretruth.protocols.dns.message import decode
from wiretruth.protocols.dns.recognition import is_lookup
from wiretruth.protocols.dns.stream import MessageStream

if TYPE_CHECKING:
    from wiretruth.engine.lookup_rows import PlainLookups
    from wiretruth.engine.lookup_store import LookupStore

DNS_PORT = 53

MAX_STREAMS = 1024
"""DNS over TCP followed at once: each may hold an unfinished message of 64 KiB in either direction, 128 MiB in all. Of
real ones, a resolver has some dozens open for moments."""

_ID_OCTETS = 2
_RESPONSE = 0x80

_new = tuple.__new__


class LookupLane:
    """Feeds one lookup table from everything that may carry DNS."""

    def __init__(self, note: Callable[[tuple[Fault, ...]], None] = lambda _: None) -> None:
        """Begin an input; *note* takes the damage of messages."""
        self.table = LookupTable()
        self._note = note
        self.lookups: list[Lookup] = []
        self.streams_dropped = 0
        self._store: LookupStore | None = None
        self._streams: dict[int, tuple[Opened, dict[bool, MessageStream]]] = {}

    def store(self) -> "LookupStore":
        """Give who takes the plain lookups of big batches."""
        from wiretruth.engine.lookup_store import LookupStore  # noqa: PLC0415  (numpy is slow to load)

        if self._store is None:
            self._store = LookupStore(self.table)
        return self._store

    def datagram(self, packet: Packet, datagram: UdpDatagram) -> None:
        """Take a UDP datagram that may be DNS."""
        source = _new(Endpoint, (packet.source, datagram.source_port))
        destination = _new(Endpoint, (packet.destination, datagram.destination_port))
        whole = datagram.length <= len(datagram.payload)
        if is_lookup(datagram.payload, source, destination):
            if self._store is not None:
                client = destination if datagram.payload[2] & _RESPONSE else source
                identity = int.from_bytes(datagram.payload[:_ID_OCTETS])
                self._store.touch(packet.vantage, packet.at, packet.number, client, identity)
            seen = packet.vantage, packet.at, packet.number
            self._message(seen, (source, destination), datagram.payload, "udp", whole=whole)
        elif whole and datagram.payload and DNS_PORT in (source.port, destination.port):
            self._damaged(decode(datagram.payload), packet.number)

    def error(self, packet: Packet, message: IcmpMessage) -> None:
        """Take an ICMP error that quotes a UDP datagram."""
        quoted = message.quoted
        if quoted is None or quoted.protocol != UDP_PROTOCOL or quoted.source_port is None:
            return
        rejection = Rejection(
            at=packet.at,
            frame=packet.number,
            sender=packet.source,
            version=6 if packet.ip_id is None else 4,
            type=message.type,
            code=message.code,
            mtu=message.mtu,
            quoted_source=Endpoint(quoted.source, quoted.source_port),
            quoted_destination=Endpoint(quoted.destination, quoted.destination_port or 0),
            quoted_ttl=quoted.ttl,
            of_syn=False,
        )
        head = quoted.payload[:_ID_OCTETS]
        dns_id = int.from_bytes(head, "big") if len(head) == _ID_OCTETS else None
        if self._store is not None:
            self._store.touch(packet.vantage, packet.at, packet.number, rejection.quoted_source, dns_id)
            self.table.watch(packet.vantage, self._store.clock(packet.vantage, packet.number))
        self.lookups.extend(self.table.rejected(packet.vantage, rejection, dns_id))

    def stream(self, event: FlowEvent) -> None:
        """Take what happened on a TCP connection."""
        if isinstance(event, Opened):
            if event.server.port == DNS_PORT:
                self._open(event)
        elif not self._streams:
            return
        elif isinstance(event, Finished):
            self._streams.pop(event.sighting.serial, None)
        elif event.serial in self._streams:
            if isinstance(event, StreamOctets):
                self._octets(event)
            elif isinstance(event, StreamRun):
                for octets in event.each():
                    self._octets(octets)
            elif isinstance(event, StreamGap):
                self._streams[event.serial][1][event.from_client].gap(event.length)

    def advance(self, now: int, vantages: Iterable[str]) -> None:
        """Let time pass.

        Args:
            now: nanoseconds since the Unix epoch.
            vantages: who was watching until then.
        """
        for vantage in vantages:
            self.lookups.extend(self.table.advance(now, vantage))

    def _open(self, opened: Opened) -> None:
        self._streams[opened.serial] = (opened, {True: MessageStream(), False: MessageStream()})
        if len(self._streams) > MAX_STREAMS:
            del self._streams[next(iter(self._streams))]
            self.streams_dropped += 1

    def _octets(self, event: StreamOctets) -> None:
        opened, directions = self._streams[event.serial]
        ends = (opened.client, opened.server) if event.from_client else (opened.server, opened.client)
        stream = directions[event.from_client]
        sound = stream.fault is None
        for octets in stream.receive(event.octets):
            self._message((opened.vantage, event.at, event.frame), ends, octets, "tcp")
        if sound and stream.fault is not None:
            self._damaged(stream.fault, event.frame)

    def _message(
        self,
        seen: tuple[str, int, int],
        ends: tuple[Endpoint, Endpoint],
        octets: bytes,
        transport: str,
        *,
        whole: bool = True,
    ) -> None:
        message = decode(octets)
        if whole:  # what the capture cut is no damage
            self._damaged(message, seen[2])
        if isinstance(message, DnsMessage):
            if self._store is not None:
                vantage, _, frame = seen
                self.table.watch(vantage, self._store.clock(vantage, frame))
            over = self.table.receive(*seen, *ends, transport=transport, message=message)
            if over:
                self.lookups += over

    def _damaged(self, read: DnsMessage | Fault, frame: int) -> None:
        """Tell of what becomes no lookup; other damage is told with the lookups of the report."""
        faults = (read,) if isinstance(read, Fault) else () if read.questions else read.faults
        if faults:
            self._note(tuple(replace(fault, frame=frame) for fault in faults))

    def forget(self, until: int, most: int) -> int:
        """Give up lookups that began by a moment, and the oldest that are too much.

        Returns:
            The moment up to which lookups were given up because there were too many; *until* where there were not.
        """
        if self._store is not None:
            self.lookups += self._store.crowded_out
            self._store.crowded_out.clear()
            self._store.forget(until)
        if len(self.lookups) > most:
            until = max(until, sorted(lookup.at for lookup in self.lookups)[-most - 1])
        self.lookups = [lookup for lookup in self.lookups if lookup.at > until]
        return until

    def plain(self) -> "PlainLookups | None":
        """Give the lookups that are not made yet; call it when nothing more comes."""
        return self._store.plain() if self._store is not None else None

    def finish(self) -> list[Lookup]:
        """Give every lookup that is made; nothing more comes."""
        self.lookups.extend(self.table.finish())
        if self._store is not None:
            self.lookups.extend(self._store.crowded_out)
        return self.lookups
