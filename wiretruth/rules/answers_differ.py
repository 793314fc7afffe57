"""Resolvers give different answers for one name that mail needs.

What it sees
    Mail hosts asked two resolvers the same question, while both answers were alive: one gave records and the other said
    that there are none, or they named other MX hosts, or addresses of which not one is the same. Nothing is said where one
    resolver by itself gives now this answer and now that one. It is a warning where a host was contacted that only one of
    the answers contains, and only *possible* where each resolver was heard but once and the addresses might rotate.

Why it matters
    Where the mail goes depends on which resolver happened to be asked: an inside view that leaks, a stale secondary name
    server, a poisoned cache, or a change half way through.

Innocent explanations
    The domain's servers answer by the asker's place in the world; its addresses rotate; a change of the zone is under way,
    and one resolver still holds the old answer; inside and outside views of split DNS are meant to differ.

What to do next
    Ask the domain's own name servers (``dig +trace``), then each resolver (``dig @RESOLVER NAME TYPE``), and compare the
    serial numbers of the zone on all its name servers.

References
    RFC 2181 section 5.4, RFC 8767 (stale data), RFC 9499 (split DNS).
"""

from collections.abc import Hashable, Iterator
from ipaddress import ip_address
from itertools import combinations, islice

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.history import BEGINNING, END_OF_TIME
from wiretruth.ledger.names import NO_SUCH_DATA
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._networks import is_inside
from wiretruth.rules._telling import answer_evidence, syn_evidence

CODE = "answers-differ"

_TYPES = ("MX", "A", "AAAA")

NEGATIVE_LIFE = 30 * NANOSECONDS
"""How long an answer without records is held against others at least: few name a time (RFC 2308 §5)."""

MAX_ANSWERS = 256
"""Answers to one question that are compared, the earliest: more say nothing else."""

MAX_RESOLVERS = 8
"""Resolvers of one question that are compared pair by pair."""

FRESH = 2 * NANOSECONDS
"""An answer from the cache runs out when the first one did, give or take a second: it says nothing new."""


def check(statement: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Compare what the resolvers of mail hosts said to one question, when its first answer is heard."""
    question = _question(statement)
    if question is None:
        return
    every = ledger.names.alike(_question, question)
    if every[0] is not statement or len({r.resolver for r in every}) == 1:
        return
    by_resolver: dict[str, list[Resolution]] = {}
    for answer in islice((r for r in every if _sends_mail(r.client, ledger)), MAX_ANSWERS):
        if _matters(answer, ledger):
            by_resolver.setdefault(answer.resolver, []).append(answer)
    if any(len({_said(r) for r in told}) > 1 for told in by_resolver.values()):
        return
    for one, other in combinations(list(by_resolver.values())[:MAX_RESOLVERS], 2):
        pair = next(((a, b) for a in one for b in other if _alive_together(a, b) and _differ(a, b)), None)
        if pair is not None:
            yield _finding(pair, _is_steady(one) and _is_steady(other), ledger)
            return


def _question(resolution: Resolution) -> Hashable:
    """What settled answers of recursive resolvers to one question have in common."""
    lookup = resolution.lookup.sightings[0]
    settled = resolution.rcode in NO_SUCH_DATA and not (resolution.referral or lookup.truncated or lookup.faults)
    if resolution.type not in _TYPES or not settled or not lookup.recursion_desired:
        return None
    return resolution.name, resolution.type


def _sends_mail(client: str, ledger: Ledger) -> bool:
    return any(True for _ in ledger.contacts.by(client, BEGINNING, END_OF_TIME))


def _matters(answer: Resolution, ledger: Ledger) -> bool:
    """The question is one for mail hosts, or for the address of one, as somebody was told."""
    return answer.type == "MX" or bool(ledger.names.domains_using(answer.client, answer.name, END_OF_TIME))


def _said(resolution: Resolution) -> frozenset[object]:
    return frozenset(resolution.exchanges if resolution.type == "MX" else resolution.addresses)


def _is_steady(told: list[Resolution]) -> bool:
    """A resolver that was told the same anew does not rotate it, as far as was seen."""
    return told[-1].until - told[0].until >= FRESH


def _alive_together(one: Resolution, other: Resolution) -> bool:
    return one.at <= _until(other) and other.at <= _until(one)


def _until(resolution: Resolution) -> int:
    return resolution.until if resolution.answered else max(resolution.until, resolution.at + NEGATIVE_LIFE)


def _differ(one: Resolution, other: Resolution) -> bool:
    said, otherwise = _said(one), _said(other)
    if one.type == "MX":
        return said != otherwise
    return bool(said or otherwise) and said.isdisjoint(otherwise)


def _cannot_rotate(one: Resolution, other: Resolution) -> bool:
    """Other MX hosts, no records at all, or an inside address beside a public one: no rotation looks like this."""
    if one.type == "MX" or not (one.addresses and other.addresses):
        return True
    return any(map(is_inside, one.addresses)) != any(map(is_inside, other.addresses))


def _finding(pair: tuple[Resolution, Resolution], steady: bool, ledger: Ledger) -> Finding:
    one, other = sorted(pair, key=lambda r: r.at)
    contact = _depending(one, other, ledger)
    rotating = not steady and not _cannot_rotate(one, other)
    met = f"; {contact.connection.server} was contacted, which only one of them names" if contact else ""
    clients = list(dict.fromkeys((one.client, other.client)))
    return Finding(
        code=CODE,
        severity=Severity.WARNING if contact else Severity.INFO,
        confidence=Confidence.POSSIBLE if rotating else Confidence.LIKELY,
        summary=(
            f"{one.type} {one.name} is {_told(one)} at {one.resolver} and {_told(other)} at {other.resolver}"
            f"{f' (asked by {clients[0]} and {clients[1]})' if len(clients) > 1 else ''}{met}"
        ),
        at=other.at,
        client=contact.connection.client.address if contact else one.client,
        intended=Party(one.addresses[0] if one.addresses else None, None, one.name, ("dns",)),
        observed=Party(*contact.connection.server, None, ("wire",)) if contact else None,
        blame=Blame(Side.UNKNOWN, temporary=None, mail_safe=None),
        evidence=(
            *(
                Evidence(f"{r.resolver}: {e.text}", e.vantage, e.frames)
                for r in (one, other)
                for e in answer_evidence([r])
            ),
            *([syn_evidence(contact.connection.nearest, f"SYN to {contact.connection.server}")] if contact else []),
        ),
        still_possible=(
            "the domain's name servers answer by where the question comes from",
            "a change of the zone is under way, and one resolver still holds the old answer",
            *(("the addresses rotate, and each resolver was heard but once",) if rotating else ()),
        ),
        settled_by=(
            "the same question asked of the domain's own name servers",
            f"the logs of {one.resolver} and {other.resolver}",
        ),
    )


def _told(resolution: Resolution) -> str:
    if resolution.exchanges:
        return ", ".join(f"{preference} {host}" for preference, host in resolution.exchanges)
    return ", ".join(resolution.addresses) or ("no such name" if resolution.rcode == "NXDOMAIN" else "no such record")


def _depending(one: Resolution, other: Resolution, ledger: Ledger) -> Contact | None:
    """Give the first contact, after either answer, with an address that only one of them leads to."""
    since = min(one.at, other.at)
    for client in dict.fromkeys((one.client, other.client)):
        led, led_otherwise = (_addresses(r, client, ledger) for r in (one, other))
        for address in sorted(led ^ led_otherwise, key=lambda a: (ip_address(a).version, int(ip_address(a)))):
            found = ledger.contacts.between(client, address, since)
            if found:
                return found[0]
    return None


def _addresses(resolution: Resolution, client: str, ledger: Ledger) -> frozenset[str]:
    if resolution.type != "MX":
        return frozenset(resolution.addresses)
    told = (
        ledger.names.latest(client, host, record_type, END_OF_TIME)
        for _, host in resolution.exchanges
        for record_type in ("A", "AAAA")
    )
    return frozenset(address for r in told if r is not None for address in r.addresses)
