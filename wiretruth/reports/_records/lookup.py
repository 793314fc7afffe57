"""The record of a DNS lookup."""

from wiretruth.model.connection import TiedLookup
from wiretruth.model.dns import ResourceRecord
from wiretruth.model.idn import readable
from wiretruth.model.purposes import purpose_of
from wiretruth.reports._records.shape import Record, when


def lookup_record(tied: TiedLookup) -> Record:
    """Give the lookup as its sighting nearest the client shows it; ``rcode`` is null where nobody answered."""
    lookup = tied.nearest
    return {
        "id": tied.id,
        "at": when(lookup.at),
        "vantage": lookup.vantage,
        "client": lookup.client.address,
        "resolver": lookup.resolver.address,
        "transport": lookup.transport,
        "name": lookup.question.name,
        "type": lookup.question.type,
        "rcode": lookup.rcode,
        "truncated": lookup.truncated,
        "queries": lookup.query_count,
        "latency_ms": None if lookup.latency is None else lookup.latency / 1_000_000,
        "frames": list(lookup.frames),
        "purpose": purpose_of(lookup.question).words,
        "unicode": readable(lookup.question.name),
        "answers": [_answer(record) for record in lookup.answers],
    }


def _answer(record: ResourceRecord) -> Record:
    return {"owner": record.owner, "type": record.type, "data": record.data, "ttl": record.ttl}
