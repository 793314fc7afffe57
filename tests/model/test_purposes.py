"""What a lookup is for."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.dns import Question
from wiretruth.model.purposes import Asked, Purpose, purpose_of, reversed_address

V6 = "2001:db8::25"
NIBBLES = ip_address(V6).reverse_pointer.removesuffix(".ip6.arpa")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("MX Sender.Example.", Asked(Purpose.MAIL_HOSTS, "sender.example")),
        ("A mail.example.net", Asked(Purpose.ADDRESS, "mail.example.net")),
        ("TXT sender.example", Asked(Purpose.SPF, "sender.example")),
        ("PTR 99.2.0.192.in-addr.arpa", Asked(Purpose.REVERSE_NAME, "192.0.2.99")),
        (f"PTR {NIBBLES}.ip6.arpa", Asked(Purpose.REVERSE_NAME, V6)),
        ("PTR 2.0.192.in-addr.arpa", Asked(Purpose.REVERSE_NAME, "2.0.192.in-addr.arpa")),
        ("A 99.2.0.192.zen.example.org", Asked(Purpose.BLOCK_LIST, "192.0.2.99", "zen.example.org")),
        (f"A {NIBBLES}.bl.example", Asked(Purpose.BLOCK_LIST, V6, "bl.example")),
        ("TXT 99.2.0.192.bl.example", Asked(Purpose.BLOCK_LIST, "192.0.2.99", "bl.example")),
        ("A 99.2.0.192.list.dnswl.org", Asked(Purpose.ALLOW_LIST, "192.0.2.99", "list.dnswl.org")),
        (
            "A 99.2.0.192.abcdefghij0123456789klmnop.zen.dq.spamhaus.net",
            Asked(Purpose.BLOCK_LIST, "192.0.2.99", "zen.dq.spamhaus.net"),
        ),
        ("A sender.example.dbl.spamhaus.org", Asked(Purpose.BLOCK_LIST, "sender.example", "dbl.spamhaus.org")),
        ("A 300.2.0.192.example.org", Asked(Purpose.ADDRESS, "300.2.0.192.example.org")),
        ("A 1.2.3.4.example", Asked(Purpose.ADDRESS, "1.2.3.4.example")),
        ("A 99.2.0.192.in-addr.arpa", Asked(Purpose.ADDRESS, "99.2.0.192.in-addr.arpa")),
        ("TXT s1._domainkey.sender.example", Asked(Purpose.DKIM, "sender.example")),
        ("TXT _dmarc.sender.example", Asked(Purpose.DMARC, "sender.example")),
        ("TXT _mta-sts.example.net", Asked(Purpose.MTA_STS, "example.net")),
        ("AAAA mta-sts.example.net", Asked(Purpose.MTA_STS, "example.net")),
        ("TXT _smtp._tls.example.net", Asked(Purpose.TLS_REPORTING, "example.net")),
        ("TLSA _25._tcp.mail.example.net", Asked(Purpose.TLSA, "mail.example.net")),
        ("A _25._tcp.mail.example.net", Asked(Purpose.ADDRESS, "_25._tcp.mail.example.net")),
        ("AAAA ipv4only.arpa", Asked(Purpose.NAT64_PREFIX, "ipv4only.arpa")),
        ("NS .", Asked(Purpose.NAME_SERVERS, ".")),
        ("CAA example.net", Asked(Purpose.OTHER, "CAA example.net")),
    ],
)
def test_purpose(question: str, asked: Asked) -> None:
    record_type, name = question.split()

    assert asked == purpose_of(Question(name, record_type))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("TXT sender.example", "the SPF policy of sender.example"),
        ("A 99.2.0.192.bl.example", "whether 192.0.2.99 is on the block list bl.example"),
        ("PTR 99.2.0.192.in-addr.arpa", "the reverse name of 192.0.2.99"),
        ("CAA example.net", "CAA example.net"),
    ],
)
def test_words(question: str, words: str) -> None:
    record_type, name = question.split()

    assert words == purpose_of(Question(name, record_type)).words


@given(st.ip_addresses())
def test_reverse_names_lead_back(address: object) -> None:
    parsed = ip_address(str(address))

    assert str(parsed) == reversed_address(parsed.reverse_pointer)


@given(st.text(max_size=80), st.sampled_from(["A", "TXT", "PTR", "MX", "TLSA", "TYPE65280"]))
def test_any_name_has_a_purpose(name: str, record_type: str) -> None:
    assert purpose_of(Question(name, record_type)).words
