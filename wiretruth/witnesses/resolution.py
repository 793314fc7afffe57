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
    lookup = tied.sightings[0]
    answers = lookup.answers
    name = casefold_name(lookup.question.name)
    chain, canonical = follow(name, answers)
    here = [r for r in answers if r.owner == canonical or casefold_name(r.owner) == canonical]
    told_at = lookup.response.at if lookup.response else lookup.at
    return Resolution(
        at=told_at,
        until=told_at + _lifetime([*chain, *here] if chain else here, lookup) * NANOSECONDS,
        client=lookup.client.address,
        resolver=lookup.resolver.address,
        name=name,
        type=lookup.question.type,
        rcode=lookup.rcode,
        canonical=canonical,
        addresses=_addresses(here),
        exchanges=_exchanges(here),
        records=answers,
        came_along=_addresses(lookup.additionals) if lookup.additionals else (),
        referral=_is_referral(lookup, _holds(here, lookup.question.type), bool(chain)),
        lookup=tied,
    )


def _exchanges(records: Sequence[ResourceRecord]) -> tuple[tuple[int, str], ...]:
    found = [(r.preference or 0, casefold_name(r.target)) for r in records if r.type == "MX" and r.target is not None]
    return tuple(sorted(found, key=_preference)) if len(found) > 1 else tuple(found)


def _preference(exchange: tuple[int, str]) -> int:
    return exchange[0]


def _addresses(records: Sequence[ResourceRecord]) -> tuple[str, ...]:
    """Addresses of A and AAAA records, each once; one whose data has the wrong length holds none (RFC 3597 text)."""
    whole = [r.data for r in records if r.type in _ADDRESS_TYPES and not r.data.startswith("\\#")]
    return tuple(dict.fromkeys(whole)) if len(whole) > 1 else tuple(whole)


def follow(name: str, answers: Sequence[ResourceRecord]) -> tuple[list[ResourceRecord], str]:
    """Follow the CNAMEs of an answer from *name*; give the records used and the name at the end of the chain."""
    aliases = {casefold_name(r.owner): r for r in reversed(answers) if r.type == "CNAME" and r.target is not None}
    if not aliases:
        return [], name
    chain: list[ResourceRecord] = []
    while (alias := aliases.pop(name, None)) is not None and len(chain) < MAX_CHAIN:
        chain.append(alias)
        name = casefold_name(alias.target or "")
    return chain, name


def _lifetime(records: Sequence[ResourceRecord], lookup: Lookup) -> int:
    """Seconds that an answer lives: its shortest record, or RFC 2308's SOA for a negative answer."""
    if len(records) == 1:
        return records[0].ttl
    if not records:
        records = [r for r in lookup.authorities if r.type == "SOA"]
    return min((r.ttl for r in records), default=0)


def _holds(records: Sequence[ResourceRecord], record_type: str) -> bool:
    return bool(records) and (record_type == "ANY" or any(r.type == record_type for r in records))


def _is_referral(lookup: Lookup, has_records: bool, has_alias: bool) -> bool:
    """NOERROR without the records asked for, and without the SOA that says there are none (RFC 2308 §2.2).

    A delegation (RFC 1034 §4.3.1; a signed zone adds DS, NSEC and RRSIG), a server that knows nothing of the zone, or an
    alias whose target another server holds. Forwarders may leave out the SOA, so where recursion was desired and nothing
    points elsewhere, the answer counts.
    """
    if lookup.rcode != "NOERROR" or has_records:
        return False
    types = {r.type for r in lookup.authorities}
    if "SOA" in types:
        return False
    if has_alias:
        return True
    return not lookup.authoritative and ("NS" in types or not lookup.recursion_desired)
