"""Two readers, one message: where dnspython and we both find nothing wrong, we have read the same."""

import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.dns.forge import decoded
from tests.protocols.dns.judge import our_opinion, their_opinion

RDATA = [
    ("A", "192.0.2.1"),
    ("AAAA", "2001:db8::25"),
    ("CNAME", "www.example.net."),
    ("DNAME", "example.org."),
    ("MX", "10 mail.example.net."),
    ("MX", "0 ."),
    ("NS", "ns1.example.net."),
    ("PTR", "mail.example.net."),
    ("SOA", "ns1.example.net. hostmaster.example.net. 1 7200 3600 604800 300"),
    ("SRV", "1 2 25 mail.example.net."),
    ("TXT", '"v=spf1 mx -all" "\\195\\169\\"\\\\"'),
    ("SPF", '"v=spf1 -all"'),
    ("TLSA", "3 1 1 " + "ab" * 32),
    ("CAA", '0 issue "ca.example.net"'),
    ("HTTPS", "1 . alpn=h2"),
    ("DS", "12345 13 2 " + "cd" * 32),
    ("TYPE65280", "\\# 3 010203"),
]
LABELS = st.lists(st.sampled_from([b"mail", b"Example", b"net", b"a.b", b"\x00\xff", b"x" * 63]), max_size=3)
OWNERS = LABELS.map(lambda labels: dns.name.Name([*labels, b""]))
RECORDS = st.lists(st.tuples(OWNERS, st.integers(0, 2**31 - 1), st.sampled_from(RDATA)), max_size=6)


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    """Let dnspython write a response with compression."""
    query = dns.message.make_query(
        draw(OWNERS), draw(st.sampled_from(["A", "MX", "ANY"])), use_edns=draw(st.sampled_from([-1, 0]))
    )
    response = dns.message.make_response(query)
    codes = [0, 2, 3, 5, 23] if query.edns >= 0 else [0, 2, 3, 5]
    response.set_rcode(dns.rcode.Rcode(draw(st.sampled_from(codes))))
    for section in (response.answer, response.authority):
        for owner, ttl, (kind, text) in draw(RECORDS):
            rdata = dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.from_text(kind), text)
            section.append(dns.rrset.from_rdata(owner, ttl, rdata))
    return response.to_wire(max_size=65535)


@given(messages())
def test_what_dnspython_writes_is_read_alike(octets: bytes) -> None:
    message = decoded(octets)

    assert () == message.faults
    assert their_opinion(octets) == our_opinion(message)


@given(messages(), st.lists(st.tuples(st.integers(12, 2000), st.integers(0, 255)), min_size=1, max_size=3))
def test_what_both_accept_of_damaged_messages_is_the_same(octets: bytes, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(octets)
    for place, value in changes:
        damaged[12 + place % (len(octets) - 12)] = value
    message = decoded(bytes(damaged))
    theirs = their_opinion(bytes(damaged))

    if theirs is not None and not message.faults:
        assert theirs == our_opinion(message)


@pytest.mark.parametrize(("kind", "text"), RDATA)
def test_every_type_alone(kind: str, text: str) -> None:
    response = dns.message.make_response(dns.message.make_query("example.net", kind))
    response.answer.append(dns.rrset.from_text("example.net.", 300, "IN", kind, text))
    octets = response.to_wire()

    assert their_opinion(octets) == our_opinion(decoded(octets))
