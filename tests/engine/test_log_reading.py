"""Lines to claims: which format knows them, which are kept, and what the bounds give up."""

from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.engine import log_reading
from wiretruth.engine.log_reading import LogReading, LogSettings, format_names
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import ReadLog

NOW = 1_795_200_483 * NANOSECONDS
"""2026-11-20 18:48:03 UTC."""
POSTFIX = "{at} mta postfix/smtp[7]: connect to mx.example.net[192.0.2.1]:25: Connection refused"
EXIM = '2026-11-20 18:48:03 1xUTmA-0001ed-0Y => bob@example.net R=d T=s H=mx [192.0.2.1]:25 C="250 OK"'


def read(*lines: str | bytes, **settings: Any) -> ReadLog:
    reading = LogReading(LogSettings(NOW, NOW + NANOSECONDS, **settings), "mail.log", "/var/log/mail.log")
    reading.receive([line.encode() if isinstance(line, str) else line for line in lines])
    return reading.finish()


def at(stamp: str) -> str:
    return POSTFIX.format(at=stamp)


def test_each_line_finds_its_format() -> None:
    told = read(at("Nov 20 18:48:03"), EXIM, "", "Nov 20 18:48:03 mta kernel: boo", EXIM, at("Nov 20 18:48:03"))

    assert (6, 1, 4, ("Postfix", "Exim")) == (told.lines, told.unknown, len(told.claims), told.programs)
    assert {"mta", ""} == set(told.spans)


def test_a_file_of_something_else_has_no_programs() -> None:
    assert ((), 2) == ((told := read("<html>", b"\0\xff")).programs, told.unknown)


@pytest.mark.parametrize(
    ("stamp", "zone", "kept"),
    [
        ("Nov 20 18:48:03", None, True),
        ("Nov 21 05:00:00", None, True),
        ("Nov 20 05:00:00", None, True),
        ("Nov 19 18:48:03", None, False),
        ("Nov 20 18:40:03", UTC, True),
        ("Nov 21 05:00:00", UTC, False),
        ("2026-11-20T19:48:03+01:00", None, True),
        ("2026-11-20T18:48:03+01:00", None, False),
    ],
)
def test_claims_of_another_time_are_counted_only(stamp: str, zone: Any, kept: bool) -> None:
    """Where the zone is not known, any is possible."""
    told = read(at(stamp), zone=zone)

    assert (int(kept), int(not kept)) == (len(told.claims), told.outside)


def test_bounds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_reading, "MAX_CLAIMS", 2)
    monkeypatch.setattr(log_reading, "MAX_HOSTS", 1)
    told = read(*(at("Nov 20 18:48:03").replace("mta", host) for host in "abc"), at("Nov 31 18:48:03"))

    assert (2, 2, {"a"}) == (len(told.claims), told.dropped, set(told.spans))


SEEDS = (
    POSTFIX.format(at="Nov 20 18:48:03"),
    EXIM,
    (
        "<22>Nov 20 18:48:03 sendmail[1]: 6AKJ9IfX023931: to=<b@x>, xdelay=00:00:02, mailer=esmtp, relay=m. [192.0.2.1], "
        "dsn=2.0.0, stat=Sent (Ok)"
    ),
    (
        '<22>Nov 20 18:48:03 smtpd[1]: 188919dac2f780a3 mta delivery from=<a@x> to=<b@x> relay="m (192.0.2.1)" result="Ok" '
        'stat="250 Ok"'
    ),
    "@4000000069218e2f1a2b3c4d delivery 12: success: 192.0.2.1_accepted_message./Remote_host_said:_250_Ok/",
    "@4000000069218e2f1a2b3c4d starting delivery 12: msg 93869 to remote bob@dnat.example.com",
    "#Software: Microsoft Exchange Server",
    "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context",
    "2026-11-20T18:48:03.039Z,Out,08DE2A8D416004F7,0,10.98.1.1:44276,192.0.2.1:25,>,RCPT TO:<b@x>,",
    '{"__REALTIME_TIMESTAMP":"1795200483990117","SYSLOG_IDENTIFIER":"postfix/smtp","MESSAGE":"connect to x[192.0.2.1]: x"}',
)


@given(
    st.lists(
        st.tuples(st.sampled_from(SEEDS), st.integers(0, 200), st.integers(0, 30), st.binary(max_size=20)), max_size=30
    )
)
def test_spoilt_lines_of_every_format(spoilt: list[tuple[str, int, int, bytes]]) -> None:
    """Whatever is cut out of a line and put in its place: nothing raises, and every line is counted."""
    lines = [seed.encode()[:at] + octets + seed.encode()[at + gone :] for seed, at, gone, octets in spoilt]

    assert len(lines) == read(*lines).lines


def test_the_formats_are_found_by_looking() -> None:
    assert ["Exchange", "Exim", "OpenSMTPD", "Postfix", "qmail", "Sendmail"] == format_names()


@pytest.mark.parametrize("stamp", ["Nov 20 18:48:03", "Nov 22 18:48:03"])
def test_lines_of_one_second_are_counted_alike_whichever_comes_first(stamp: str) -> None:
    """A line that begins like the one before it is passed over where it tells nothing."""
    lines = [at(stamp), f"{stamp} mta dovecot[3]: imap-login: x", at(stamp), f"{stamp} mta dovecot[3]: y", at(stamp)]
    told, backwards = read(*lines), read(*reversed(lines))

    assert (5, 2) == (told.lines, told.unknown)
    assert 3 == told.outside + len(told.claims)
    assert (told.outside, told.unknown, told.spans) == (backwards.outside, backwards.unknown, backwards.spans)
