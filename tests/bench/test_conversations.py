"""Conversations hold what their names say: dnspython and scapy are the judges."""

import random

import dns.message
import pytest
from scapy.layers.inet import TCP, UDP
from scapy.layers.l2 import Ether

from bench.conversations import MSS, both_addresses, download, mail, message, question


def dns_messages(frames: list[bytes]) -> list[dns.message.Message]:
    packets = [Ether(frame) for frame in frames]
    return [dns.message.from_wire(bytes(packet[UDP].payload)) for packet in packets if UDP in packet]


@pytest.mark.parametrize("number", range(40))
def test_lookups_answer_their_questions(number: int) -> None:
    messages = dns_messages(list(both_addresses(number, random.Random(number))))

    assert 4 == len(messages)
    assert [] == [query.id for query, response in zip(messages[::2], messages[1::2], strict=True)
                  if not query.is_response(response)]  # fmt: skip


def test_some_questions_stay_unanswered() -> None:
    rng = random.Random(1)
    sizes = [len(list(question(number, rng))) for number in range(2000)]

    assert {1, 2} == set(sizes)
    assert 20 < sizes.count(1) < 60


@pytest.mark.parametrize("number", [0, 3, 5, 77])
def test_mail_goes_where_its_lookups_lead(number: int) -> None:
    """The address that is contacted is the one that was answered, in IPv4 as in IPv6."""
    frames = list(mail(number, random.Random(number)))
    answers = [m for m in dns_messages(frames) if m.answer]
    contacted = next(packet for packet in map(Ether, frames) if TCP in packet).payload
    network = contacted.payload if contacted.name == "802.1Q" else contacted

    assert {network.dst} == {record.address for record in answers[1].answer[0]}
    assert answers[0].answer[0][0].exchange == answers[1].question[0].name


def test_dialogue_of_a_delivery() -> None:
    texts = [bytes(packet[TCP].payload) for packet in map(Ether, mail(1, random.Random(1))) if TCP in packet]
    lines = [text for text in texts if text and not text.startswith(b"Lorem") and len(text) < MSS // 2]

    assert [
        b"220",
        b"EHL",
        b"250",
        b"MAI",
        b"250",
        b"RCP",
        b"250",
        b"DAT",
        b"354",
        b"\r\n.",
        b"250",
        b"QUI",
        b"221",
    ] == [line[:3] for line in lines if line[:3] not in (b"adi", b"con")][:13]


@pytest.mark.parametrize("size", [0, 1, MSS - 1, MSS, MSS + 1, 700_001])
def test_message_has_its_size(size: int) -> None:
    segments = list(message(size))

    assert size == sum(map(len, segments))
    assert b"\r\n.\r\n" not in b"".join(segments)


def test_downloads_are_tls() -> None:
    """Each segment of data is a whole record of application data (RFC 8446 §5.1)."""
    packets = [Ether(frame) for frame in download(1, random.Random(1))]
    texts = [bytes(packet[TCP].payload) for packet in packets]

    assert {b"\x17\x03\x03"} == {text[:3] for text in texts if text}
    assert {len(text) - 5 for text in texts if text} == {int.from_bytes(text[3:5]) for text in texts if text}
