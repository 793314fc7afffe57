"""What must not be shown is not shown, however a server repeats it."""

import base64

import pytest

from wiretruth.model.smtp import Reply
from wiretruth.protocols.smtp.secrets import MAX_REMEMBERED, SecretMemory, mechanism


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        (b"PLAIN AGJvYgBodW50ZXIy", "PLAIN"),
        (b"plain AGJvYgBodW50ZXIy", "PLAIN"),
        (b"Login", "LOGIN"),
        (b"XYZZY-1 secret", "XYZZY-1"),
        (b"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS"),
        (b"PLAIN=AGJvYgBodW50ZXIy", "PLAIN"),
        (b"AGJvYgBodW50ZXIy", ""),
        (b"aHVudGVyMg==", ""),
        (b"hunter2", ""),
        (b"TOOLONGTOBEAMECHANISM", ""),
        (b"", ""),
        (b"\xff\xfe", ""),
    ],
)
def test_mechanism(argument: bytes, expected: str) -> None:
    assert expected == mechanism(argument)


@pytest.mark.parametrize(
    "withheld",
    [
        b"hunter2",
        base64.b64encode(b"hunter2"),
        base64.b64encode(b"\0bob\0hunter2"),
        base64.b64encode(b"user=bob\x01auth=Bearer hunter2\x01\x01"),
        base64.b64encode("hunter2".encode("utf-16-le")),
        b"user bob password hunter2",
    ],
)
def test_a_reply_that_repeats_a_secret_is_emptied(withheld: bytes) -> None:
    memory = SecretMemory()
    memory.remember(withheld)
    echo = Reply(1, 2, 535, "5.7.8", ("5.7.8 sorry", 'what is "HUNTER2"', withheld.decode()))

    assert Reply(1, 2, 535, "5.7.8", ("5.7.8 sorry", "", "")) == memory.veil(echo)


def test_other_replies_stay() -> None:
    memory = SecretMemory()
    memory.remember(b"AGJvYgBodW50ZXIy")
    reply = Reply(1, 2, 454, "4.7.0", ("4.7.0 Connection lost to authentication server",))

    assert reply == memory.veil(reply)


def test_a_challenge_says_nothing() -> None:
    assert Reply(1, 2, 334, None, ("",)) == SecretMemory().veil(Reply(1, 2, 334, None, ("VXNlcm5hbWU6",)))


def test_memory_is_bounded() -> None:
    memory = SecretMemory()
    for number in range(1000):
        memory.remember(b"secret%d" % number)

    assert MAX_REMEMBERED == len(memory._pieces)
