"""Logs made by hand, for the tests of reports."""

from tests.reports.scenes import at, sighting
from wiretruth.model.connection import Connection
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import (
    Difference,
    JudgedLine,
    LogClock,
    LoggedClient,
    LoggedDelivery,
    LogLine,
    LogSummary,
    LogTime,
    Reason,
    Status,
    Verdict,
)


def line(number: int = 8, text: str = "postfix/smtp: 43492266066: to=<bob@example.net>, status=sent") -> LogLine:
    """Make a line of the seed story."""
    time = LogTime("Nov 20 18:29:43", at(0), zoned=False, grain=NANOSECONDS)
    return LogLine("mail.log", number, time, "mta", "Postfix", text)


def contradicted() -> JudgedLine:
    """Make the seed story's line: the log says one address, the wire another."""
    claim = LoggedDelivery(line(), "43492266066", Status.SENT, None, "bob@example.net", None, "198.51.100.10", 25)
    connection = Connection((sighting(),))
    return JudgedLine(
        at(900), claim, Verdict.CONTRADICTED, connection=connection, tied_by=("recipient",), differs=Difference.ADDRESS
    )


def client_line() -> JudgedLine:
    """Make a line about a client of whom nothing can be said."""
    claim = LoggedClient(line(2, "postfix/smtpd: connect from x[192.0.2.9]"), "192.0.2.9")
    return JudgedLine(at(0), claim, Verdict.UNPROVABLE, Reason.ENCRYPTED)


def summary() -> LogSummary:
    """Make the sums of a log."""
    return LogSummary(
        label="mail.log",
        path="mail.log",
        programs=("Postfix",),
        lines=8,
        unknown=2,
        outside=4,
        claims=3,
        verdicts=tuple((verdict, 1) for verdict in Verdict),
        reasons=((Reason.ENCRYPTED, 1),),
        clocks=(("mta", LogClock(3600, assumed=False, offset=2_500_000_000, grain=NANOSECONDS, events=2)),),
        first=at(0),
        last=at(0),
    )
