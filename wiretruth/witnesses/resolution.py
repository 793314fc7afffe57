"""The resolver as a witness: from a lookup, what a client was told, by whom, until when."""

from collections.abc import Sequence

from wiretruth.model.connection import TiedLookup
from wiretruth.model.dns import Lookup, ResourceRecord, casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Resolution

MAX_CHAIN = 64
"""CNAMEs followed in one answer; resolvers give up far earlier (BIND at 16, Unbound at 11)."""

_ADDRESS_TYPES = ("A", "AAAA")


def state(tied: TiedLookup) -> Resolution:
    """Give what a lookup told its client; the answer's chain is followed from the question's name."""
    lookup = tied.nearest
    name = casefold_name(lookup.question.name)
    chain, canonical = follow(name, lookup.answers)
    here = [r for r in lookup.answers if casefold_name(r.owner) == canonical]
    addresses = _addresses(here)
    exchanges = [(r.preference or 0, casefold_name(r.target)) for r in here if r.type == "MX" and r.target is not None]
    told_at = lookup.response.at if lookup.response else lookup.at
    return Resolution(
        at=told_at,
        until=told_at + _lifetime([*chain, *here], lookup) * NANOSECONDS,
        client=lookup.client.address,
        resolver=lookup.resolver.address,
        name=name,
        type=lookup.question.type,
        rcode=lookup.rcode,
        canonical=canonical,
        addresses=addresses,
        exchanges=tuple(sorted(exchanges, key=lambda x: x[0])),
        records=lookup.answers,
        came_along=_addresses(lookup.additionals),
        referral=_is_referral(lookup, bool(here or chain)),
        lookup=tied,
    )


def _addresses(records: Sequence[ResourceRecord]) -> tuple[str, ...]:
    """Addresses of A and AAAA records, each once; one whose data has the wrong length holds none (RFC 3597 text)."""
    whole = (r.data for r in records if r.type in _ADDRESS_TYPES and not r.data.startswith("\\#"))
    return tuple(dict.fromkeys(whole))


def follow(name: str, answers: Sequence[ResourceRecord]) -> tuple[list[ResourceRecord], str]:
    """Follow the CNAMEs of an answer from *name*; give the records used and the name at the end of the chain."""
    aliases = {casefold_name(r.owner): r for r in reversed(answers) if r.type == "CNAME" and r.target is not None}
    chain: list[ResourceRecord] = []
    while (alias := aliases.pop(name, None)) is not None and len(chain) < MAX_CHAIN:
        chain.append(alias)
        name = casefold_name(alias.target or "")
    return chain, name


def _lifetime(records: Sequence[ResourceRecord], lookup: Lookup) -> int:
    """Seconds that an answer lives: its shortest record, or RFC 2308's SOA for a negative answer."""
    if not records:
        records = [r for r in lookup.authorities if r.type == "SOA"]
    return min((r.ttl for r in records), default=0)


def _is_referral(lookup: Lookup, has_answer: bool) -> bool:
    """NOERROR, nothing but NS records in the authority section, and not from the zone itself (RFC 1034 §4.3.1)."""
    types = {r.type for r in lookup.authorities}
    return lookup.rcode == "NOERROR" and not has_answer and not lookup.authoritative and types == {"NS"}
