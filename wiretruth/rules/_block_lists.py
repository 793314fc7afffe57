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
    "senderscore", "s5h.net", "drbl", "spameatingmonkey", "wpbl", "psbl",
)  # fmt: skip
_KNOWN = re.compile(rf"\b(?:{'|'.join(map(re.escape, _OPERATORS))})\b", re.IGNORECASE)
_KNOWN_ZONE = re.compile(
    rf"\b((?:[a-z0-9-]{{1,63}}\.){{0,8}}(?:{'|'.join(map(re.escape, _OPERATORS))})(?:\.[a-z]{{2,24}})*)", re.IGNORECASE
)
_USING = re.compile(rf"\b(?:blocked|rejected|denied|refused|filtered) using (?:the )?{_DOMAIN}", re.IGNORECASE)
_LISTED = re.compile(
    rf"(?:\b(?:black|block)-?listed|\b(?:ip|host|client|server|you|your|\d+\.\d+\.\d+\.\d+|[0-9a-f]+:[0-9a-f:]+)\b.{{0,80}}?\blisted)"
    rf" (?:at|by|in|on|with) (?:the )?{_DOMAIN}",
    re.IGNORECASE,
)
"""Who is listed is a host: recipients are listed, or not, in directories."""
_LIKE_A_LIST = re.compile(
    rf"(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{0,4}}(?:dnsbl|rbl|rhsbl|blacklist|blocklist|bl)\.{_DOMAIN}", re.IGNORECASE
)
_LISTING = re.compile(r"://|\b(?:listed|listing|(?:black|block)\w*|blocked|found|spam\w*|reputation)\b", re.IGNORECASE)
"""Beside one of these a name like that of a list is meant as one: hosts have such names too."""
_WORD = re.compile(
    r"(?<![\w.-])(?:(?:dnsbl|rbl|rhsbl)s?|dns (?:block|black) ?list)(?!-|\.?\w)"
    r"|\bon (?:our|the|a) (?:block|black|deny)[ -]?list\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"<(?![^<>\s]*://)[^<>\s]*>|[^\s<>@]{1,64}@[^\s<>]{1,255}")
"""What the client named, and the reply only repeats: mailboxes, host names in angle brackets."""
_NOT_SAID = re.compile(
    r"\bnot (?:\w+ ){0,2}?(?:(?:black|block)-?)?(?:listed|on|in|found)\b|\btime(?:d? |d?-)?out\b"
    r"|\b(?:lookup|check|query) (?:error|failure)\b|\bfail\w* temporar|\btemporar\w* (?:dns|rbl|lookup)",
    re.IGNORECASE,
)
"""The list was not reached, or says the contrary."""

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
    for line in reply.lines:
        text = _QUOTED.sub("", line)
        if _NOT_SAID.search(text):
            continue
        for pattern in (_USING, _LISTED):
            if (found := pattern.search(text)) is not None:
                return found[1].lower()
        if (found := _KNOWN_ZONE.search(text) or (_LISTING.search(text) and _LIKE_A_LIST.search(text))) is not None:
            return found[0].lower()
        if _WORD.search(text) is not None:
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
