"""How lines are told."""

import pytest

from wiretruth.model.log import Ending, JudgedLine, LoggedDelivery, LogLine, LogTime, Status, Verdict
from wiretruth.rules._log_words import QUOTED, claimed_server, line_evidence, subject, tie_words, told

LINE = LogLine("mail.log", 8, LogTime("Nov 20 18:29:43", 0, zoned=False, grain=1), "mta", "Postfix", "postfix/smtp: x")


@pytest.mark.parametrize(
    ("relay", "address", "port", "expected"),
    [
        ("mail.example.net", "192.0.2.1", 25, "mail.example.net [192.0.2.1]:25"),
        ("mail.example.net", "192.0.2.1", None, "mail.example.net [192.0.2.1]"),
        (None, "192.0.2.1", 2525, "192.0.2.1:2525"),
        (None, "2001:db8::1", None, "[2001:db8::1]:25"),
    ],
)
def test_servers(relay: str | None, address: str, port: int | None, expected: str) -> None:
    assert expected == claimed_server(LoggedDelivery(LINE, "", Status.SENT, None, None, relay, address, port))


def judged(recipient: str | None = None, ending: Ending | None = None) -> JudgedLine:
    claim = LoggedDelivery(LINE, "", Status.DEFERRED, recipient=recipient, ending=ending)
    return JudgedLine(0, claim, Verdict.CONFIRMED, tied_by=("address", "time"))


def test_lines_are_quoted_with_their_place() -> None:
    (quoted,) = line_evidence([judged()])

    assert "the log says: Nov 20 18:29:43 postfix/smtp: x" == quoted.text
    assert ("mail.log", 8) == (quoted.source, quoted.line)
    assert QUOTED == len(list(line_evidence([judged()] * 9)))
    assert "line and connection are tied by address, time" == tie_words(judged())


@pytest.mark.parametrize(
    ("recipients", "expected"),
    [
        ((None,), "a delivery attempt"),
        ((None, "b@x", "b@x"), "mail for b@x"),
        (("b@x", "c@x", "d@x"), "mail for b@x and 2 more"),
    ],
)
def test_which_mail(recipients: tuple[str | None, ...], expected: str) -> None:
    assert expected == subject([judged(recipient) for recipient in recipients])


@pytest.mark.parametrize(("ending", "expected"), [(None, "it was deferred"), (Ending.TIMED_OUT, "nobody answered")])
def test_ends(ending: Ending | None, expected: str) -> None:
    claim = judged(ending=ending).claim

    assert isinstance(claim, LoggedDelivery)
    assert expected == told(claim)
