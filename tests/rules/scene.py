"""Scenes for rules: who looks up what, connects where, says what. Each becomes packets, and the packets a report."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from tests.rules.packets import UDP, icmp_error, ip, udp
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.witness_reading import ReadWitness, WitnessReading
from wiretruth.engine.yielded import Ending
from wiretruth.model.finding import Finding, Severity
from wiretruth.model.frames import FrameBatch, Interface
from wiretruth.model.report import Report

RAW: Final = 101
"""LINKTYPE_RAW: frames begin with the IP header."""
SECOND: Final = 1_000_000_000
START: Final = 1_795_199_383 * SECOND
STEP: Final = 100_000
"""Nanoseconds from one packet to the next."""

MTA, RESOLVER = "10.10.0.5", "198.51.100.53"
MX1, MX2, STRANGER = "198.51.100.10", "198.51.100.20", "192.0.2.66"
GATEWAY, OUTSIDER = "10.10.0.1", "192.0.2.99"
TAP: Final = "tap"


class Frame(NamedTuple):
    """One captured frame."""

    at: int
    octets: bytes
    original: int


@dataclass
class Scene:
    """Plays packets past one tap or several; time goes on by itself, and by ``wait``."""

    now: int = START
    snap: int | None = None
    """Octets kept of a frame, if not all."""
    kernel_drops: int | None = None
    cut_off: bool = False
    frames: dict[str, list[Frame]] = field(default_factory=lambda: {TAP: []})
    heard: list[ReadWitness] = field(default_factory=list)
    _ids: int = 0
    _port: int = 40000

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += round(seconds * SECOND)

    def put(self, packet: bytes, tap: str = TAP, *, seen: bool = True) -> int:
        """Let an IP packet pass a tap; give the number of its frame (0 where it was not *seen*)."""
        self.now += STEP
        if not seen:
            return 0
        frames = self.frames.setdefault(tap, [])
        frames.append(Frame(self.now, packet[: self.snap], len(packet)))
        return len(frames)

    def ip_id(self) -> int:
        """Give the next IP identification."""
        self._ids = self._ids % 65535 + 1
        return self._ids

    def port(self) -> int:
        """Give the next ephemeral port."""
        self._port += 1
        return self._port

    def ask(
        self, name: str, kind: str, *, client: str = MTA, resolver: str = RESOLVER, recurse: bool = True
    ) -> "Asked":
        """Let a client send one query, which nobody has answered yet."""
        query = dns.message.make_query(name, kind, id=self.ip_id(), flags=dns.flags.RD if recurse else 0)
        asked = Asked(self, query, client, resolver, self.port())
        asked.send()
        return asked

    def told(
        self, name: str, kind: str, *data: str, ttl: int = 300, client: str = MTA, resolver: str = RESOLVER
    ) -> int:
        """Let a client look up, and be told; each of *data* is a record, or ``owner TYPE data`` of its own."""
        return self.ask(name, kind, client=client, resolver=resolver).answer(*data, ttl=ttl)

    def icmp(self, sender: str, quoted: bytes, kind: int = 3, code: int = 1, *, mtu: int = 0) -> int:
        """Let a hop complain about a packet."""
        return self.put(icmp_error(sender, quoted, kind, code, mtu=mtu))

    def example_net(self, *mx: str, client: str = MTA, ttl: int = 300) -> None:
        """Let a client look up where mail for example.net goes; *mx* are addresses, most preferred first."""
        addresses = mx or (MX1,)
        hosts = [f"mail{n}.example.net" for n in range(1, len(addresses) + 1)]
        records = [f"{n}0 {host}." for n, host in enumerate(hosts, 1)]
        self.told("example.net", "MX", *records, client=client, ttl=ttl)
        for host, address in zip(hosts, addresses, strict=True):
            self.told(host, "AAAA" if ":" in address else "A", address, client=client, ttl=ttl)

    def hears(self, kind: str, *lines: str) -> None:
        """Let another witness be heard: ``conntrack``, ``rules``, ``sockets``; its file is called after it."""
        reading = WitnessReading(kind, f"{kind}.txt")
        reading.receive(line.encode() for line in lines)
        self.heard.append(reading.finish())

    def report(self) -> Report:
        """Read what the taps saw."""
        analysis = Analysis()
        for tap, frames in self.frames.items():
            analysis.open(tap, f"{tap}.pcap")
            analysis.receive(batch(frames))
            analysis.close(Ending("pcap", (), self.cut_off, self.kernel_drops))
        for witness in self.heard:
            analysis.hear(witness)
        return analysis.finish()


@dataclass
class Asked:
    """A query on its way."""

    scene: Scene
    query: dns.message.Message
    client: str
    resolver: str
    port: int
    frames: list[int] = field(default_factory=list)

    @property
    def packet(self) -> bytes:
        """The query as it goes over the wire."""
        return ip(self.client, self.resolver, UDP, udp((self.port, 53), self.query.to_wire()), 64, self.scene.ip_id())

    def packet_again(self, hops: int) -> bytes:
        """The query as the next tap sees it, so many hops on."""
        packet = bytearray(self.packet)
        packet[8] -= hops
        return bytes(packet)

    def send(self) -> "Asked":
        """Send the query (again)."""
        self.frames.append(self.scene.put(self.packet))
        return self

    def answer(self, *data: str, ttl: int = 300, rcode: str = "NOERROR", extra: Iterable[str] = ()) -> int:
        """Let the resolver answer; *extra* are whole records of the additional section."""
        response = dns.message.make_response(self.query)
        response.set_rcode(dns.rcode.from_text(rcode))
        question = self.query.question[0]
        for text in data:
            response.answer.append(_record(text, question, ttl))
        response.additional.extend(dns.rrset.from_text(*_split(text, ttl)) for text in extra)
        payload = udp((53, self.port), response.to_wire())
        return self.scene.put(ip(self.resolver, self.client, UDP, payload, 60, self.scene.ip_id()))


def _record(text: str, question: dns.rrset.RRset, ttl: int) -> dns.rrset.RRset:
    if text.split()[1:2] and text.split()[1] in ("A", "AAAA", "CNAME", "MX"):
        return dns.rrset.from_text(*_split(text, ttl))
    return dns.rrset.from_text(question.name, ttl, "IN", question.rdtype, text)


def _split(text: str, ttl: int) -> tuple[str, int, str, str, str]:
    owner, kind, data = text.split(maxsplit=2)
    return owner, ttl, "IN", kind, data


def batch(frames: list[Frame]) -> FrameBatch:
    """Put frames into the form in which doors hand them in."""
    offsets, position = array("q"), 0
    for frame in frames:
        offsets.append(position)
        position += len(frame.octets)
    return FrameBatch(
        buffer=b"".join(f.octets for f in frames),
        offsets=offsets,
        captured=array("q", (len(f.octets) for f in frames)),
        original=array("q", (f.original for f in frames)),
        times=array("q", (f.at for f in frames)),
        interface=array("q", (0 for _ in frames)),
        interfaces=(Interface(None, RAW, 0),),
        first_number=1,
    )


def loud(scene: Scene) -> list[tuple[str, str, str]]:
    """Give code, severity and confidence of everything above info: what wakes somebody at night."""
    return [(f.code, str(f.severity), str(f.confidence)) for f in _above_info(scene)]


def words(scene: Scene) -> list[str]:
    """Give the sentences above info, for a failing test to show."""
    return [f"{f.code}: {f.summary}" for f in _above_info(scene)]


def _above_info(scene: Scene) -> list[Finding]:
    return [f for f in scene.report().findings if f.severity is not Severity.INFO]


def findings(scene: Scene, code: str) -> list[Finding]:
    """Give the findings of one code."""
    return [f for f in scene.report().findings if f.code == code]


def finding(scene: Scene, code: str) -> Finding:
    """Give the one finding of a code."""
    found = findings(scene, code)
    assert len(found) == 1, [f"{f.code}: {f.summary}" for f in scene.report().findings]
    return found[0]


def grade(found: Finding) -> tuple[str, str]:
    """Give severity and confidence."""
    return str(found.severity), str(found.confidence)


def frames_of(found: Finding) -> list[int]:
    """Give every frame that a finding points at, in the order of its evidence."""
    return [frame for evidence in found.evidence for frame in evidence.frames]
