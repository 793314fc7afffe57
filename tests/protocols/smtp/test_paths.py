"""Reverse-path and forward-path, strict and wild."""

import time

import pytest

from wiretruth.protocols.smtp.paths import Path, parse_path


@pytest.mark.parametrize(
    ("argument", "mailbox", "bracketed"),
    [
        (b"FROM:<alice@example.org>", "alice@example.org", True),
        (b"FROM:<>", "", True),
        (b"FROM:<> BODY=8BITMIME", "", True),
        (b"TO:<bob@example.net> NOTIFY=NEVER ORCPT=rfc822;x<y>", "bob@example.net", True),
        (b"from: <bob@example.net>", "bob@example.net", True),
        (b"TO :<bob@example.net>", "bob@example.net", True),
        (b"TO:bob@example.net", "bob@example.net", False),
        (b"TO bob@example.net SIZE=1", "bob@example.net", False),
        (b"FROM <bob@example.net>", "bob@example.net", True),
        (b":<bob@example.net>", "bob@example.net", True),
        (b"TO:<@a.example,@b.example:bob@example.net>", "bob@example.net", True),
        (b'TO:<"bob > smith"@example.net>', '"bob > smith"@example.net', True),
        (b'TO:<"a\\"b"@example.net> X=1', '"a\\x5c"b"@example.net', True),
        (b'TO:"Bob Smith" <bob@example.net>', "bob@example.net", True),
        (b"TO:<<bob@example.net>>", "bob@example.net", True),
        (b"TO:< bob@example.net >", "bob@example.net", True),
        (b"TO:<bob@example.net", "bob@example.net", False),
        (b"TO:<postmaster>", "postmaster", True),
        (b"TO:<bob@[192.0.2.1]>", "bob@[192.0.2.1]", True),
        ("TO:<rü@exämple.net>".encode(), "rü@exämple.net", True),
        (b"TO:<\x1b[2J@example.net>", "\\x1b[2J@example.net", True),
        (b"TO:<\xff@example.net>", "\\xff@example.net", True),
        (b"", "", False),
        (b"FROM:", "", False),
        (b"TO:<a@example.net>,<b@example.net>", "a@example.net", True),
    ],
)
def test_mailbox(argument: bytes, mailbox: str, bracketed: bool) -> None:
    assert Path(mailbox, bracketed) == parse_path(argument)


@pytest.mark.parametrize("evil", [b'"', b"\\", b"<", b'"a"', b'\\"', b"@a,", b'"\\', b" ", b'<"'])
def test_hostile_paths_take_no_time(evil: bytes) -> None:
    """Nothing is tried twice: a line of the greatest length is read in a blink."""
    started = time.perf_counter()
    for _ in range(20):
        parse_path(b"TO:<" + evil * (2048 // len(evil)))

    assert time.perf_counter() - started < 1
