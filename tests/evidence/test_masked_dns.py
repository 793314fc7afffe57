"""DNS messages that tell of other hosts; dnspython is the judge."""

import dns.edns
import dns.message
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.test_masked_words import ADDRESSES, FOUR, KEY, SIX, WORDS
from wiretruth.evidence.masked_dns import Messages

MESSAGES = Messages(ADDRESSES, WORDS)
BACK = b".".join(reversed(FOUR.split(b"."))).decode()


def masked(name: str, kind: str, *data: str) -> dns.message.Message:
    query = dns.message.make_query(name, kind)
    answer = dns.message.make_response(query)
    if data:
        answer.answer.append(dns.rrset.from_text(name, 300, "IN", kind, *data))
    octets = answer.to_wire()
    done = MESSAGES.masked(octets)
    assert len(octets) == len(done)
    return dns.message.from_wire(done)


@pytest.mark.parametrize(
    ("name", "kind", "data", "question", "answer"),
    [
        ("a.example.", "A", "198.51.100.10", "a.example.", FOUR.decode()),
        ("a.example.", "AAAA", "2001:db8::5", "a.example.", SIX.decode()),
        ("10.100.51.198.in-addr.arpa.", "PTR", "a.example.", f"{BACK}.in-addr.arpa.", "a.example."),
        ("10.100.51.198.bl.example.", "A", "127.0.0.2", f"{BACK}.bl.example.", "127.0.0.2"),
        ("a.example.", "MX", "10 mx.a.example.", "a.example.", "10 mx.a.example."),
        ("a.example.", "TXT", '"v=spf1 ip4:198.51.100.10 -all"', "a.example.", f'"v=spf1 ip4:{FOUR.decode()} -all"'),
        (
            "a.example.",
            "CNAME",
            "h198-51-100-10.example.",
            "a.example.",
            f"h{FOUR.decode().replace('.', '-')}.example.",
        ),
    ],
)
def test_messages(name: str, kind: str, data: str, question: str, answer: str) -> None:
    message = masked(name, kind, data)

    assert question == str(message.question[0].name)
    assert answer == message.answer[0][0].to_text()


def test_a_name_backwards_in_ipv6() -> None:
    import dns.reversename  # noqa: PLC0415 - only here

    name = dns.reversename.from_address("2001:db8::5")

    assert str(dns.reversename.from_address(SIX.decode())) == str(masked(str(name), "PTR").question[0].name)


def test_the_subnet_of_a_client_is_overwritten() -> None:
    query = dns.message.make_query("a.example.", "A", use_edns=0, options=[dns.edns.ECSOption("198.51.100.0", 24)])
    done = dns.message.from_wire(MESSAGES.masked(query.to_wire()))

    assert "ECS 0.0.0.0/24 scope/0" == str(done.options[0])


def test_messages_over_tcp() -> None:
    wire = dns.message.make_query("10.100.51.198.in-addr.arpa.", "PTR").to_wire()
    framed = len(wire).to_bytes(2) + wire

    assert (framed[:2] + MESSAGES.masked(wire)) * 2 == MESSAGES.stream(framed * 2)


@given(st.binary(max_size=80))
def test_hostile_octets(octets: bytes) -> None:
    """They stay as many, and nothing that could not be read stays as it was."""
    assert len(octets) == len(MESSAGES.masked(octets)) == len(MESSAGES.stream(octets))


def test_what_cannot_be_read_is_overwritten() -> None:
    wire = dns.message.make_query("a.example.", "A").to_wire()
    broken = wire[:6] + b"\0\7" + wire[8:] + b"\xc6\x33\x64\x0a"

    assert broken[-4:] not in MESSAGES.masked(broken)
    assert KEY
