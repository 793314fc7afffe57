"""What is around a log line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.witnesses.logged import NEAR
from wiretruth.model.frames import NANOSECONDS
from wiretruth.witnesses._entry import NO_TIME, Entry
from wiretruth.witnesses._envelopes import Envelopes

MESSAGE = "F13F273: to=<bob@example.net>"


def opened(line: str | bytes) -> Entry:
    return Envelopes(NEAR).open(1, line.encode() if isinstance(line, str) else line)


def journal(**fields: object) -> str:
    record = {
        "__REALTIME_TIMESTAMP": "1795200483990117", "_HOSTNAME": "client", "SYSLOG_IDENTIFIER": "postfix/smtp", "_PID": "30392",
        "MESSAGE": MESSAGE,
    }  # fmt: skip
    return json.dumps(record | fields)


@pytest.mark.parametrize(
    ("line", "host", "program", "pid"),
    [
        (f"Nov 20 18:48:03 client postfix/smtp[30392]: {MESSAGE}", "client", "postfix/smtp", "30392"),
        (f"<22>Nov 20 18:48:03 smtpd[8077]: {MESSAGE}", "", "smtpd", "8077"),
        (f"Nov 20 18:48:03 2001:db8::1 qmail: {MESSAGE}", "2001:db8::1", "qmail", ""),
        (f"2026-11-20T18:48:03+00:00 client postfix/smtp[1]: {MESSAGE}", "client", "postfix/smtp", "1"),
        (f"2026-11-20T18:48:03Z client exim: {MESSAGE}", "client", "exim", ""),
        (f"<22>1 2026-11-20T18:48:03Z client postfix/smtp 30392 - - {MESSAGE}", "client", "postfix/smtp", "30392"),
        (f'<22>1 2026-11-20T18:48:03Z client x 1 - [a b="c ] d"][e f="g"] {MESSAGE}', "client", "x", "1"),
        (f"<22>1 2026-11-20T18:48:03Z - x - - - \ufeff{MESSAGE}", "", "x", ""),
        (f"2026-11-20 18:48:03 {MESSAGE}", "", "", ""),
        (f"@400000006a5f8ced00000000 {MESSAGE}", "", "", ""),
        (journal(), "client", "postfix/smtp", "30392"),
        (journal(MESSAGE=list(MESSAGE.encode())), "client", "postfix/smtp", "30392"),
    ],
)
def test_envelopes(line: str, host: str, program: str, pid: str) -> None:
    entry = opened(line)

    assert (host, program, pid, MESSAGE) == (entry.host, entry.program, entry.pid, entry.text)


def test_a_finer_time_inside_counts() -> None:
    entry = opened("Nov 20 18:48:03 client qmail: 1795200483.990117 new msg 1")

    assert (1_795_200_483_990_117_000, 1000, "new msg 1") == (entry.time.at, entry.time.grain, entry.text)


def test_the_journals_time() -> None:
    assert NEAR + 990_117_000 == opened(journal()).time.at
    assert NEAR + 1000 == opened(journal(_SOURCE_REALTIME_TIMESTAMP="1795200483000001")).time.at
    assert NO_TIME == opened(journal(__REALTIME_TIMESTAMP="yesterday")).time


@pytest.mark.parametrize("line", ["", "some text", "{not json", '["list"]', "Nov 99", '{"MESSAGE": 7}', "<22>1 x"])
def test_what_is_no_envelope_is_text(line: str) -> None:
    entry = opened(line)

    assert ("", "") == (entry.host, entry.program)
    assert NO_TIME == entry.time


def test_a_year_and_a_zone_that_are_missing_are_said_so() -> None:
    time = opened("Nov 20 18:48:03 a b: c").time

    assert (False, NANOSECONDS) == (time.zoned, time.grain)


@given(st.binary(max_size=300))
def test_any_octets_at_all(line: bytes) -> None:
    """Nothing raises, and what comes out is printable."""
    entry = opened(line)

    assert f"{entry.host}{entry.program}{entry.pid}{entry.text}".isprintable()


STAMP = b"Nov 20 18:48:03 mta "
OWN = b"2026-11-20 18:48:03 "


@pytest.mark.parametrize(
    "line",
    [
        STAMP + b"postfix/smtp[3]: 9A1B: to=<bob@example.net>",
        STAMP + b"postfix/smtp[77]: ",
        STAMP + b"postfix/smtp[3]:x",
        STAMP + b"postfix/smtp[a]: x",
        STAMP + b" postfix/smtp[3]: x",
        STAMP + b"qmail[12]: 1795200483.123456 new msg 1",
        STAMP + b"kernel: x",
        STAMP + b"p\xc3\xa9[3]: \xff",
        b"Nov 20 18:48:04 mta postfix/smtp[3]: x",
        OWN + b"1xUccY-0004QJ-1d Completed",
        OWN + b" 1xUccY-0004QJ-1d Completed",
        OWN + b"exim[3]: 1xUccY-0004QJ-1d Completed",
        OWN + b"1xUccY-0004QJ-1d H=m [198.51.100.1]:25: x",
        OWN,
    ],
)
@pytest.mark.parametrize("before", [STAMP + b"postfix/smtp[9]: x", STAMP + b"qmail[9]: x", OWN + b"x"])
def test_a_line_that_begins_like_the_last_one_is_read_as_any_other(before: bytes, line: bytes) -> None:
    used, fresh = Envelopes(NEAR), Envelopes(NEAR)
    used.open(1, before)

    assert fresh.open(2, line) == used.open(2, line)
