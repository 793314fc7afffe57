"""Lines that are handed over."""

import pytest

from wiretruth.evidence.lines import kept, related, without_secrets

LINES = [
    b"mta postfix/qmgr[1]: 4F1AB2C3D4: from=<a@b.example>, size=1",
    b"mta postfix/smtp[2]: 4F1AB2C3D4: to=<c@example.net>, relay=x[192.0.2.1]:25",
    b"mta postfix/smtp[2]: 5A1AB2C3D4: to=<d@example.net>, relay=x[192.0.2.1]:25",
]


def test_lines_keep_their_numbers() -> None:
    assert [b"\n", LINES[1] + b"\n"] == list(kept(LINES, {2}))
    assert [line + b"\n" for line in LINES] == list(kept(LINES, None))
    assert [] == list(kept(LINES, ()))


def test_lines_of_one_message_belong_together() -> None:
    assert {1, 2} == related(LINES, {2})
    assert {3} == related(LINES, {3})
    assert frozenset() == related([], ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"AUTH PLAIN AGJvYgA=", b"AUTH PLAIN xxxxxxxx"),
        (b"after AUTH LOGIN: 535 secret", b"after AUTH xxxxxx xxx xxxxxx"),
        (b"auth=secret x", b"auth=xxxxxx x"),
        (b"author AUTHENTICATED", b"author AUTHENTICATED"),
    ],
)
def test_what_a_line_quotes_of_auth_is_overwritten(line: bytes, expected: bytes) -> None:
    assert expected == without_secrets(line)
