"""How lines are told."""

import pytest

from wiretruth.model.log import JudgedLine, LoggedDelivery, LogLine, LogTime, Status, Verdict
from wiretruth.rules._log_words import claimed_server, line_evidence, subject, tie_words

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


def test_a_line_is_quoted_with_its_place() -> None:
    claim = LoggedDelivery(LINE, "", Status.TRIED)
    judged = JudgedLine(0, claim, Verdict.CONFIRMED, tied_by=("address", "time"))

    assert "mail.log:8 says: Nov 20 18:29:43 postfix/smtp: x" == line_evidence(judged).text
    assert ("mail.log", 8) == (line_evidence(judged).source, line_evidence(judged).line)
    assert "a delivery attempt" == subject(claim)
    assert "line and connection are tied by address, time" == tie_words(judged)
