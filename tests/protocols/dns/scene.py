"""A lookup table and the messages of a scene: who asks what, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wiretruth.model.dns import DnsMessage, Lookup, Question, ResourceRecord
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Rejection
from wiretruth.protocols.dns.lookups import LookupTable

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
CLIENT = Endpoint("192.0.2.7", 40000)
RESOLVER = Endpoint("198.51.100.53", 53)
OTHER = Endpoint("203.0.113.53", 53)


def message(
    *answers: str,
    response: bool = False,
    name: str = "mail.example.net",
    kind: str = "A",
    identity: int = 4711,
    rcode: str = "NOERROR",
    opcode: int = 0,
    ttl: int = 300,
    question: bool = True,
) -> DnsMessage:
    """Make a query, or a response with these addresses."""
    return DnsMessage(
        id=identity,
        is_response=response or bool(answers),
        opcode=opcode,
        authoritative=False,
        truncated=False,
        recursion_desired=True,
        recursion_available=response,
        rcode=rcode,
        questions=(Question(name, kind),) if question else (),
        answers=tuple(ResourceRecord(name, kind, ttl, data) for data in answers),
        authorities=(),
        additionals=(),
        edns=False,
    )


@dataclass
class Scene:
    """Plays messages at one table; times are seconds since the start."""

    table: LookupTable = field(default_factory=LookupTable)
    given: list[Lookup] = field(default_factory=list)
    frame: int = 0

    def ask(self, at: float, sent: DnsMessage | None = None, **where: Endpoint | str) -> list[Lookup]:
        """Let the client ask, at the vantage ``gw`` and of RESOLVER unless *where* says otherwise."""
        return self._play(at, sent or message(), "client", "resolver", where)

    def answer(self, at: float, sent: DnsMessage, **where: Endpoint | str) -> list[Lookup]:
        """Let the resolver answer."""
        return self._play(at, sent, "resolver", "client", where)

    def reject(self, at: float, identity: int | None = 4711, client: Endpoint = CLIENT) -> list[Lookup]:
        """Let the resolver's host say that the port is unreachable."""
        self.frame += 1
        error = Rejection(moment(at), self.frame, RESOLVER.address, 4, 3, 3, None, client, RESOLVER, 64, of_syn=False)
        return self._keep(self.table.rejected("gw", error, identity))

    def advance(self, at: float, vantage: str | None = None) -> list[Lookup]:
        return self._keep(self.table.advance(moment(at), vantage))

    def finish(self) -> list[Lookup]:
        """Give every lookup of the scene, in the order given."""
        self._keep(self.table.finish())
        return self.given

    def _play(
        self, at: float, sent: DnsMessage, source: str, destination: str, where: dict[str, Endpoint | str]
    ) -> list[Lookup]:
        ends = {"client": CLIENT, "resolver": RESOLVER, "vantage": "gw", "transport": "udp"} | where
        one, other = ends[source], ends[destination]
        assert isinstance(one, Endpoint)
        assert isinstance(other, Endpoint)
        self.frame += 1
        return self._keep(
            self.table.receive(
                str(ends["vantage"]),
                moment(at),
                self.frame,
                one,
                other,
                transport=str(ends["transport"]),
                message=sent,
            )
        )

    def _keep(self, lookups: Sequence[Lookup]) -> list[Lookup]:
        self.given += lookups
        return list(lookups)


def moment(at: float) -> int:
    return START + round(at * SECOND)
