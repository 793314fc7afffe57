"""One TCP connection of a scene, packet by packet, and what the two mail programs say to each other in it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tests.rules.packets import ACK, FIN, PSH, RST, SYN, TCP, ip, tcp
from tests.rules.scene import MTA, MX1, OUTSIDER, TAP, Scene

MSS = 1460
NEAR, FAR = 64, 57
"""TTLs of the client, whose own host captures, and of the server, seven hops away."""


class View(NamedTuple):
    """How a tap sees the connection."""

    tap: str = TAP
    client: tuple[str, int] | None = None
    """Where a translation changed the client's endpoint."""
    server: tuple[str, int] | None = None
    reply_from: tuple[str, int] | None = None
    """Where the server's packets carry yet another source."""
    hops: int = 0
    """Hops from the first tap, away from the client."""
    edit: tuple[bytes, bytes] = (b"", b"")
    """What stands in the octets, and what this tap reads instead, as many octets."""
    shift: int = 0
    """By how much the server's sequence numbers are others here."""


@dataclass
class Side:
    """One end: what it has sent, and what it sends with."""

    endpoint: tuple[str, int]
    ttl: int
    next: int
    acknowledged: int = 0
    """What it last acknowledged of the other."""
    last: tuple[int, bytes, int] = (0, b"", 0)
    """Sequence number, payload and flags of its last segment with content."""


@dataclass
class Session:
    """A connection under way. ``seen=False`` lets a packet pass unseen: the capture's loss, not the network's."""

    scene: Scene
    server_address: str = MX1
    server_port: int = 25
    client_address: str = MTA
    views: tuple[View, ...] = (View(),)
    client_ttl: int = NEAR
    server_ttl: int = FAR
    last_packet: bytes = b""
    client: Side = field(init=False)
    server: Side = field(init=False)

    def __post_init__(self) -> None:
        port = self.scene.port()
        self.client = Side((self.client_address, port), self.client_ttl, 1_000_000 + port * 7919)
        self.server = Side((self.server_address, self.server_port), self.server_ttl, 2_000_000 + port * 104_729)

    def send(
        self,
        from_client: bool,
        flags: int,
        payload: bytes = b"",
        *,
        seq: int | None = None,
        ttl: int | None = None,
        ack: int | None = None,
        seen: bool = True,
        window: int = 64240,
    ) -> int:
        """Let one segment pass every tap; give its frame number at the first."""
        side, other = (self.client, self.server) if from_client else (self.server, self.client)
        number = side.next if seq is None else seq
        acknowledged = (other.next if ack is None else ack) if flags & ACK else 0
        segment_mss = MSS if flags & SYN else None
        identity = self.scene.ip_id()
        frame = 0
        for view in self.views:
            source, destination = self._ends(view, from_client)
            hops = -view.hops if from_client else view.hops
            shifted = (0, view.shift) if from_client else (view.shift, 0)
            segment = tcp(
                (source[1], destination[1]),
                (number + shifted[0], acknowledged + shifted[1] if flags & ACK else 0),
                flags,
                payload.replace(*view.edit) if view.edit[0] else payload,
                mss=segment_mss,
                window=window,
            )
            lives = (side.ttl if ttl is None else ttl) + hops
            packet = ip(source[0], destination[0], TCP, segment, lives, identity)
            self.last_packet = packet
            frame = (
                self.scene.put(packet, view.tap, seen=seen)
                if not frame
                else frame * bool(self.scene.put(packet, view.tap, seen=seen))
            )
        side.acknowledged = acknowledged
        if seq is None:
            side.next += len(payload) + bool(flags & SYN) + bool(flags & FIN)
            if payload or flags & (SYN | FIN):
                side.last = (number, payload, flags)
        return frame

    def _ends(self, view: View, from_client: bool) -> tuple[tuple[str, int], tuple[str, int]]:
        client = view.client or self.client.endpoint
        server = view.server or self.server.endpoint
        return (client, server) if from_client else (view.reply_from or server, client)

    def again(self, from_client: bool, *, after: float = 0.0) -> int:
        """Let a side send its last segment again."""
        self.scene.wait(after)
        number, payload, flags = (self.client if from_client else self.server).last
        return self.send(from_client, flags, payload, seq=number)

    def syn(self) -> int:
        return self.send(True, SYN)

    def syn_ack(self) -> int:
        return self.send(False, SYN | ACK)

    def acknowledge(self, from_client: bool = True) -> int:
        return self.send(from_client, ACK)

    def connect(self) -> "Session":
        """Shake hands."""
        self.syn()
        self.syn_ack()
        self.acknowledge()
        return self

    def says(self, *lines: str, acknowledged: bool = True, seen: bool = True) -> int:
        """Let the client send lines in one segment."""
        frame = self.send(True, PSH | ACK, "".join(f"{line}\r\n" for line in lines).encode(), seen=seen)
        if acknowledged:
            self.acknowledge(from_client=False)
        return frame

    def hears(self, *lines: str, acknowledged: bool = True, seen: bool = True) -> int:
        """Let the server send lines in one segment."""
        frame = self.send(False, PSH | ACK, "".join(f"{line}\r\n" for line in lines).encode(), seen=seen)
        if acknowledged:
            self.acknowledge(from_client=True)
        return frame

    def asks(self, command: str, *reply: str) -> int:
        """Let the client send a command and the server reply; give the frame of the reply."""
        self.says(command)
        return self.hears(*reply)

    def greeted(self, name: str = "mail1.example.net") -> "Session":
        """Greet, and exchange names."""
        self.hears(f"220 {name} ESMTP")
        self.asks("EHLO mta.corp.example", f"250-{name}", "250 PIPELINING")
        return self

    def envelope(self, *recipients: str, sender: str = "alice@corp.example") -> "Session":
        """Hand over the envelope, all of it accepted."""
        self.asks(f"MAIL FROM:<{sender}>", "250 2.1.0 Ok")
        for recipient in recipients or ("bob@example.net",):
            self.asks(f"RCPT TO:<{recipient}>", "250 2.1.5 Ok")
        return self

    def message(self, reply: str = "250 2.0.0 Ok: queued") -> int:
        """Send a message; give the frame of the verdict."""
        self.asks("DATA", "354 go ahead")
        return self.asks("Subject: x\r\n\r\nhello\r\n.", reply)

    def quit(self) -> "Session":
        """Part with QUIT, 221, and a FIN from each side."""
        self.asks("QUIT", "221 2.0.0 Bye")
        return self.close()

    def close(self, *, server_first: bool = True) -> "Session":
        """Close in order."""
        self.send(not server_first, FIN | ACK)
        self.send(server_first, FIN | ACK)
        self.acknowledge(from_client=not server_first)
        return self

    def reset(self, from_client: bool = False, *, ttl: int | None = None, seq: int | None = None) -> int:
        """Send a reset, by default the server's."""
        return self.send(from_client, RST | ACK, ttl=ttl, seq=seq)

    def delivers(
        self, *recipients: str, sender: str = "alice@corp.example", name: str = "mail1.example.net"
    ) -> "Session":
        """Do everything that an ordinary mail takes, from SYN to the last FIN."""
        self.connect().greeted(name).envelope(*recipients, sender=sender).message()
        return self.quit()


def inbound(scene: Scene, client: str = OUTSIDER, server: str = MTA) -> Session:
    """Let a stranger, fourteen hops away, open a connection to our mail server, on whose host the tap is."""
    return Session(scene, server, client_address=client, client_ttl=50, server_ttl=64)


def resent(session: Session, from_client: bool, *waits: float) -> list[int]:
    """Let a side send its last segment again after each of the waits; give the frames."""
    return [session.again(from_client, after=wait) for wait in waits]
