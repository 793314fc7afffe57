"""dnspython's opinion of a message, said in our words."""

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rdata
import dns.rrset

from wiretruth.model.dns import DnsMessage, Question, ResourceRecord
from wiretruth.protocols.dns.names import presentation
from wiretruth.protocols.dns.types import class_name, rcode_name, type_name

COMPARED = frozenset({"A", "AAAA", "CNAME", "DNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT", "SPF", "TLSA", "CAA"})
"""Types whose text is compared; of the others only that they are there."""

NAMES_AND_NUMBERS = {
    "CNAME": ("target",),
    "DNAME": ("target",),
    "NS": ("target",),
    "PTR": ("target",),
    "MX": ("preference", "exchange"),
    "SRV": ("priority", "weight", "port", "target"),
    "SOA": ("mname", "rname", "serial", "refresh", "retry", "expire", "minimum"),
}
"""Types whose text we write ourselves: dnspython ends names with a dot and escapes otherwise."""

Said = tuple[str, str, str, int, str | None]
Opinion = tuple[int, bool, int, str, tuple[Question, ...], tuple[Said, ...], tuple[Said, ...]]


def their_opinion(octets: bytes) -> Opinion | None:
    """Give what dnspython reads; ``None`` where it refuses."""
    try:
        message = dns.message.from_wire(octets, ignore_trailing=True, one_rr_per_rrset=True)
    except (dns.exception.DNSException, ValueError, KeyError):
        return None
    questions = [Question(_name(x.name), type_name(x.rdtype), class_name(x.rdclass)) for x in message.question]
    return (
        message.id,
        message.flags & dns.flags.QR != 0,
        int(message.opcode()),
        rcode_name(message.rcode()),
        tuple(questions),
        tuple(said for rrset in message.answer for said in _theirs(rrset)),
        tuple(said for rrset in message.authority for said in _theirs(rrset)),
    )


def our_opinion(message: DnsMessage) -> Opinion:
    """Give what we read, in the same words."""
    return (
        message.id,
        message.is_response,
        message.opcode,
        message.rcode,
        message.questions,
        tuple(map(_ours, message.answers)),
        tuple(map(_ours, message.authorities)),
    )


def _theirs(rrset: dns.rrset.RRset) -> list[Said]:
    kind, dns_class = type_name(rrset.rdtype), class_name(rrset.rdclass)
    owner = _name(rrset.name)
    return [(owner, kind, dns_class, rrset.ttl, _text(kind, x) if kind in COMPARED else None) for x in rrset]


def _ours(record: ResourceRecord) -> Said:
    data = record.data if record.type in COMPARED else None
    return record.owner, record.type, record.dns_class, record.ttl, data


def _text(kind: str, rdata: dns.rdata.Rdata) -> str:
    if isinstance(rdata, dns.rdata.GenericRdata):
        return f"\\# {len(rdata.data)} {rdata.data.hex()}".strip()
    if kind in NAMES_AND_NUMBERS:
        fields = [getattr(rdata, field) for field in NAMES_AND_NUMBERS[kind]]
        return " ".join(_name(x) if isinstance(x, dns.name.Name) else str(x) for x in fields)
    return rdata.to_text()


def _name(name: dns.name.Name) -> str:
    return presentation([label for label in name.labels if label])
