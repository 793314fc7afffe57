"""Statements made by hand, a few words each: what was told, who connected where, what was said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.dns import Lookup, Question, ResourceRecord
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Outcome, SegmentMark, Sighting
from wiretruth.model.smtp import Dialogue, ForwardPath, Reply, StreamDigest, Transaction
from wiretruth.model.statements import Contact, Resolution, Survey
from wiretruth.witnesses import resolution

SECOND: Final = NANOSECONDS
MTA, OTHER, RESOLVER = "10.10.0.5", "10.10.0.6", "198.51.100.53"
MX1, MX2, STRANGER = "198.51.100.10", "198.51.100.20", "192.0.2.66"


def record(text: str, ttl: int = 300) -> ResourceRecord:
    """Make a record from ``owner TYPE data``; MX and CNAME get their target."""
    owner, kind, data = text.split(maxsplit=2)
    target = data.split()[-1] if kind in ("MX", "CNAME", "NS", "PTR") else None
    preference = int(data.split()[0]) if kind == "MX" else None
    return ResourceRecord(owner, kind, ttl, data, target=target, preference=preference)


def lookup(
    question: str,
    *records: str,
    at: int = 0,
    client: str = MTA,
    resolver: str = RESOLVER,
    vantage: str = "tap",
    rcode: str | None = "NOERROR",
    ttl: int = 300,
    additionals: Sequence[str] = (),
    authorities: Sequence[str] = (),
    identity: int = 7,
    **changes: object,
) -> Lookup:
    """Make a lookup of ``TYPE name``, asked at *at* nanoseconds and, unless *rcode* is ``None``, answered there and then."""
    kind, name = question.split()
    made = Lookup(
        vantage=vantage,
        client=Endpoint(client, 40000),
        resolver=Endpoint(resolver, 53),
        transport="udp",
        id=identity,
        question=Question(name, kind),
        recursion_desired=True,
        queries=(Mark(at, 1),),
        query_count=1,
        response=None if rcode is None else Mark(at, 2),
        rcode=rcode,
        answers=tuple(record(r, ttl) for r in records),
        additionals=tuple(record(r, ttl) for r in additionals),
        authorities=tuple(record(r, ttl) for r in authorities),
        waited_until=at,
    )
    return made._replace(**changes)  # type: ignore[arg-type] # the fields are checked when they are made


def told(question: str, *records: str, **facts: object) -> Resolution:
    """Make the resolution of such a lookup."""
    made = lookup(question, *records, **facts)  # type: ignore[arg-type] # checked by lookup
    return resolution.state(TiedLookup((made,)))


def sighting(
    server: str = MX1,
    *,
    at: int = 0,
    client: str = MTA,
    vantage: str = "tap",
    serial: int = 0,
    port: int = 25,
    ttl: int = 64,
    answered: int | None = 60,
    isns: tuple[int | None, int | None] = (1 << 20, 1 << 21),
    **changes: object,
) -> Sighting:
    """Make a sighting; *ttl* is that of the client's SYN, *answered* that of the SYN-ACK, ``None`` for no answer."""
    made = Sighting(
        serial=serial,
        vantage=vantage,
        client=Endpoint(client, 40000),
        server=Endpoint(server, port),
        roles_known=True,
        outcome=Outcome.UNANSWERED if answered is None else Outcome.ESTABLISHED,
        opened=Mark(at, serial + 1),
        last=Mark(at, serial + 1),
        closed=None,
        from_client=HalfStream(packets=1, ttl=ttl),
        from_server=HalfStream(ttl=answered, packets=0 if answered is None else 1),
        client_isn=isns[0],
        server_isn=None if answered is None else isns[1],
        client_ts=9,
        syns=(SegmentMark(at, serial + 1, ttl, 1),),
        syn_count=1,
        syn_acks=() if answered is None else (SegmentMark(at, serial + 2, answered, 0),),
        syn_ack_count=0 if answered is None else 1,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # the fields are checked when they are made


def contact(*sightings: Sighting, dialogue: Dialogue | None = None) -> Contact:
    """Make the contact of one connection."""
    nearest = sightings[0]
    return Contact(nearest.opened.at, Connection(sightings, dialogue))


def reply(code: int, at: int = 0) -> Reply:
    """Make a reply."""
    return Reply(at, 1, code, None, ("said",))


def mail(*recipients: tuple[str, int | None], at: int = 0, verdict: int | None = 250) -> Transaction:
    """Make a transaction: recipients with the code of the reply to each, and the verdict on the message."""
    paths = tuple(ForwardPath(to, at, 1, reply(code, at) if code else None) for to, code in recipients)
    said = reply(verdict, at) if verdict else None
    return Transaction(at, 1, "alice@example.org", reply(250, at), paths, None, 9, at, 1, said)


def dialogue(*transactions: Transaction, at: int = 0) -> Dialogue:
    """Make a dialogue with these transactions."""
    return Dialogue(
        serial=0,
        vantage="tap",
        client=Endpoint(MTA, 40000),
        server=Endpoint(MX1, 25),
        at=at,
        greeting=None,
        helo=None,
        extensions=(),
        events=(),
        exchanges=(),
        transactions=transactions,
        tls=None,
        auth=(),
        client_stream=StreamDigest(0, None),
        server_stream=StreamDigest(0, None),
    )


def survey(vantage: str = "tap", path: str = "tap.pcap", **changes: object) -> Survey:
    """Make the survey of a vantage that missed nothing."""
    made = Survey(
        at=0,
        vantage=vantage,
        path=path,
        packets=100,
        first=0,
        last=0,
        watched_from=0,
        watched_until=0,
        seen_octets=1000,
        missing_octets=0,
        cut_frames=0,
        kernel_drops=None,
        cut_off=False,
        two_sided=1,
        one_sided=0,
        damaged_frames=0,
        unknown_links=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type] # the fields are checked when they are made
