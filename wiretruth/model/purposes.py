"""What a lookup is for: its name and type say what a mail host was deciding when it asked."""

import enum
import re
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple

from wiretruth.model.dns import Question, casefold_name


class Purpose(enum.Enum):
    """Why somebody asks; the values are what texts say, with the subject put in."""

    MAIL_HOSTS = "the mail hosts of {}"
    ADDRESS = "the address of {}"
    REVERSE_NAME = "the reverse name of {}"
    BLOCK_LIST = "whether {} is on the block list {}"
    ALLOW_LIST = "whether {} is on the allow list {}"
    SPF = "the SPF policy of {}"
    DKIM = "the DKIM key of {}"
    DMARC = "the DMARC policy of {}"
    MTA_STS = "the MTA-STS policy of {}"
    TLS_REPORTING = "where TLS reports for {} go"
    TLSA = "the DANE certificate of {}"
    BIMI = "the BIMI logo of {}"
    NAT64_PREFIX = "the prefix of NAT64"
    NAME_SERVERS = "the name servers of {}"
    SIGNATURE = "the DNSSEC keys of {}"
    OTHER = "{}"


class Asked(NamedTuple):
    """What a question is about."""

    purpose: Purpose
    subject: str
    """A domain or host in compared form, or an address."""
    list_name: str = ""
    """The zone of a list."""

    @property
    def words(self) -> str:
        """Say it: ``the SPF policy of sender.example``."""
        return self.purpose.value.format(self.subject, self.list_name)


POLICIES = frozenset({Purpose.SPF, Purpose.DKIM, Purpose.DMARC, Purpose.BIMI})
"""What only a receiver looks up, about a sender."""

DECIDING = POLICIES | {Purpose.REVERSE_NAME, Purpose.BLOCK_LIST, Purpose.ALLOW_LIST}
"""What a receiver looks up before it takes mail."""

_IPV4_LABELS, _IPV6_LABELS = 4, 32
_SHORTEST_KEY = 20
"""Letters and digits of a label that is no word."""
_UNDERSCORED = (
    (re.compile(r"_dmarc\.(.+)"), Purpose.DMARC),
    (re.compile(r".+\._domainkey\.(.+)"), Purpose.DKIM),
    (re.compile(r"_domainkey\.(.+)"), Purpose.DKIM),
    (re.compile(r"_mta-sts\.(.+)"), Purpose.MTA_STS),
    (re.compile(r"mta-sts\.(.+)"), Purpose.MTA_STS),
    (re.compile(r"_smtp\._tls\.(.+)"), Purpose.TLS_REPORTING),
    (re.compile(r"[^.]+\._bimi\.(.+)"), Purpose.BIMI),
    (re.compile(r"_\d{1,5}\._tcp\.(.+)"), Purpose.TLSA),
)
"""RFC 7489 §6.1, RFC 6376 §3.6.2.1, RFC 8461 §3.1, RFC 8460 §3, RFC 6698 §3; RFC 8552 lists them all."""
_BY_TYPE = {
    "MX": Purpose.MAIL_HOSTS,
    "A": Purpose.ADDRESS,
    "AAAA": Purpose.ADDRESS,
    "SPF": Purpose.SPF,
    "TXT": Purpose.SPF,
    "NS": Purpose.NAME_SERVERS,
    "SOA": Purpose.NAME_SERVERS,
    "DS": Purpose.SIGNATURE,
    "DNSKEY": Purpose.SIGNATURE,
}
"""What a plain name is asked for: TXT of a domain is where SPF stands (RFC 7208 §3.1)."""
_DOMAIN_LISTS = (
    ".dbl.spamhaus.org", ".dbl.dq.spamhaus.net", ".zrd.dq.spamhaus.net", ".multi.surbl.org", ".multi.uribl.com",
    ".black.uribl.com", ".grey.uribl.com", ".red.uribl.com", ".rhsbl.sorbs.net", ".fresh.fmb.la", ".uribl.spameatingmonkey.net",
)  # fmt: skip
"""Lists of domains have no form of their own: these are the ones that mail software is configured with."""
_ALLOWS = re.compile(r"(?:^|\.)(?:[a-z0-9-]*dnswl|wl|whitelist|allowlist|swl|iadb\d?|sa-trusted|hul)(?:\.|$)")
"""Lists that speak for a host: dnswl.org, swl.spamhaus.org, wl.mailspike.net …"""


def purpose_of(question: Question) -> Asked:
    """Say what a question is for, from its name and type alone."""
    name = casefold_name(question.name)
    record_type = question.type
    if record_type == "PTR":
        return Asked(Purpose.REVERSE_NAME, reversed_address(name) or name)
    if name == "ipv4only.arpa":
        return Asked(Purpose.NAT64_PREFIX, name)
    if record_type in ("A", "AAAA", "TXT"):
        listed = _listing(name)
        if listed is not None:
            return listed
    if "_" in name or name.startswith("mta-sts."):
        for pattern, purpose in _UNDERSCORED:
            if (found := pattern.fullmatch(name)) is not None and _fits(purpose, record_type):
                return Asked(purpose, found[1])
    return Asked(_BY_TYPE.get(record_type, Purpose.OTHER), name if record_type in _BY_TYPE else f"{record_type} {name}")


def _fits(purpose: Purpose, record_type: str) -> bool:
    if record_type == "CNAME":
        return True
    return record_type == "TLSA" if purpose is Purpose.TLSA else record_type in ("TXT", "A", "AAAA")


def reversed_address(name: str) -> str | None:
    """Give the address whose reverse name this is (RFC 1035 §3.5, RFC 3596 §2.5); ``None`` where it is none."""
    for suffix, labels in ((".in-addr.arpa", _IPV4_LABELS), (".ip6.arpa", _IPV6_LABELS)):
        if name.endswith(suffix):
            parts = name.removesuffix(suffix).split(".")
            return _address(parts) if len(parts) == labels else None
    return None


def _listing(name: str) -> Asked | None:
    """A DNS list is asked under the reversed address, or the domain, before its zone (RFC 5782 §2.1, §2.4)."""
    labels = name.split(".")
    for count in (_IPV6_LABELS, _IPV4_LABELS):
        zone = labels[count:]
        if len(zone) > 1 and zone[-1] != "arpa" and (address := _address(labels[:count])) is not None:
            return _of_list(address, ".".join(zone))
    end = next((end for end in _DOMAIN_LISTS if name.endswith(end)), None)
    return _of_list(name.removesuffix(end), end[1:]) if end else None


def _of_list(subject: str, zone: str) -> Asked:
    """Some lists are asked with the subscriber's key in front of the zone: it is nobody else's business."""
    key, _, rest = zone.partition(".")
    if len(key) >= _SHORTEST_KEY and key.isalnum() and rest.count("."):
        zone = rest
    return Asked(Purpose.ALLOW_LIST if _ALLOWS.search(zone) else Purpose.BLOCK_LIST, subject, zone)


def _address(labels: list[str]) -> str | None:
    """Put the labels of a reversed address right way round."""
    if len(labels) == _IPV4_LABELS and all(label.isdecimal() and label.isascii() for label in labels):
        octets = [int(label) for label in reversed(labels) if len(label) <= len("255")]
        whole = len(octets) == _IPV4_LABELS and all(octet <= 255 for octet in octets)  # noqa: PLR2004 - an octet
        return str(IPv4Address(bytes(octets))) if whole else None
    if len(labels) == _IPV6_LABELS and all(len(label) == 1 and label in "0123456789abcdef" for label in labels):
        return str(IPv6Address(int("".join(reversed(labels)), 16)))
    return None
