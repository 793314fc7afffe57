"""Block lists: which one a reply names, and what the replying host was told by them about this client."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network
from typing import NamedTuple

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.deciding import deciding
from wiretruth.model.finding import Side
from wiretruth.model.purposes import Purpose, purpose_of
from wiretruth.model.smtp import Reply
from wiretruth.model.statements import Contact, Resolution

_DOMAIN = r"((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})"
_OPERATORS = (
    "spamhaus", "spamcop", "barracudacentral", "sorbs", "uceprotect", "spamrats", "surriel", "mailspike", "nixspam",
    "invaluement", "abuseat", "backscatterer", "abusix", "gbudb", "blocklist.de", "0spam", "uribl", "surbl", "dronebl",
    "senderscore", "s5h.net", "drbl", "interserver", "spameatingmonkey", "wpbl", "psbl",
)  # fmt: skip
_KNOWN = re.compile(rf"\b(?:{'|'.join(map(re.escape, _OPERATORS))})\b", re.IGNORECASE)
_KNOWN_ZONE = re.compile(
    rf"\b((?:[a-z0-9-]{{1,63}}\.){{0,8}}(?:{'|'.join(map(re.escape, _OPERATORS))})(?:\.[a-z]{{2,24}})*)", re.IGNORECASE
)
_USING = re.compile(rf"\b(?:blocked|rejected|denied|refused|filtered) using (?:the )?{_DOMAIN}", re.IGNORECASE)
_LISTED = re.compile(rf"\b(?:black-?|block-?)?listed (?:at|by|in|on|with) (?:the )?{_DOMAIN}", re.IGNORECASE)
_FOUND = re.compile(rf"\bfound (?:at|in|on) (?:the )?{_DOMAIN}", re.IGNORECASE)
_LIKE_A_LIST = re.compile(
    rf"\b(?:[a-z0-9-]{{1,63}}\.){{0,4}}(?:dnsbl|rbl|rhsbl|blacklist|blocklist|bl)\.{_DOMAIN}", re.IGNORECASE
)
_WORD = re.compile(
    r"\b(?:dnsbl|rbl|rhsbl|dns (?:block|black) ?list)\b|\bon (?:our|the|a) (?:block|black|deny)[ -]?list\b",
    re.IGNORECASE,
)

LISTINGS = IPv4Network("127.0.0.0/8")
ERRORS = IPv4Network("127.255.255.0/24")
"""What Spamhaus and others answer where they refuse to say: not a subscriber, a public resolver, too many questions."""
NOTHING = IPv4Address("127.0.0.1")
"""No list answers so for a listing (RFC 5782 §2.1); some for a question that they refuse."""


class Verdict(NamedTuple):
    """What one list said of the client, to the replying host."""

    resolution: Resolution
    zone: str
    subject: str
    listed: bool
    """Otherwise the list refused to say, or is none any more: its answer is no listing."""


def named_list(reply: Reply) -> str | None:
    """Give the block list that a reply names: its zone, or its operator; ``None`` where it names none.

    Only what cannot be meant otherwise: a host that rejects mail is named in replies as well.
    """
    for text in reply.lines:
        for pattern in (_USING, _LISTED, _FOUND):
            if (found := pattern.search(text)) is not None:
                return found[1].lower()
        for pattern in (_KNOWN_ZONE, _LIKE_A_LIST):
            if (found := pattern.search(text)) is not None:
                return found[0].lower()
        if (found := _WORD.search(text)) is not None:
            return "a list that it does not name"
    return None


def verdicts(contact: Contact, until: int, ledger: Ledger) -> Iterator[Verdict]:
    """Give what the server of a contact was told by block lists about its client, up to a moment."""
    for resolution in deciding(contact, ledger.names, until):
        if resolution.type not in ("A", "AAAA") or not resolution.addresses:
            continue
        asked = purpose_of(resolution.lookup.nearest.question)
        if asked.purpose is Purpose.BLOCK_LIST:
            yield Verdict(resolution, asked.list_name, asked.subject, any(map(_is_listing, resolution.addresses)))


def _is_listing(address: str) -> bool:
    """RFC 5782 §2.1: a listing is an address within 127/8."""
    if ":" in address:
        return False
    parsed = IPv4Address(address)
    return parsed in LISTINGS and parsed not in ERRORS and parsed != NOTHING


def side_of_listing(contact: Contact, reply: Reply, ledger: Ledger) -> Side | None:
    """Say whose fault a refusal is that names a list: the client's, or his who takes for a listing what is none."""
    named = named_list(reply)
    if named is None:
        return None
    said = [v for v in verdicts(contact, reply.at, ledger) if same_list(named, v.zone)]
    return Side.RECIPIENT if said and not any(v.listed for v in said) else Side.SENDER


def same_list(named: str, zone: str) -> bool:
    """Tell whether a reply and a lookup speak of one list: the same zone, or the same operator."""
    known, other = _KNOWN.search(named), _KNOWN.search(zone)
    return named == zone or (known is not None and other is not None and known[0].lower() == other[0].lower())
