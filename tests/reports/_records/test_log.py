"""The records of logs and their lines."""

from tests.reports.logged import client_line, contradicted, summary
from wiretruth.reports._records.log import line_record, log_record


def test_a_log() -> None:
    told = log_record(summary())

    assert ("mail.log", ["Postfix"], 8, 3) == (told["path"], told["programs"], told["lines"], told["claims"])
    assert (1, 1, 1, {"encrypted": 1}) == (
        told["confirmed"], told["contradicted"], told["unprovable"], told["unprovable_because"],
    )  # fmt: skip
    assert [
        {
            "host": "mta",
            "utc_offset_s": 3600,
            "utc_offset_assumed": False,
            "ahead_ms": 2500.0,
            "grain_ms": 1000.0,
            "events": 2,
        }
    ] == told["clocks"]


def test_lines() -> None:
    told = line_record(contradicted())

    assert ("delivery", "contradicted", "address", 8) == (told["kind"], told["verdict"], told["differs"], told["line"])
    assert ("198.51.100.10", 25, "sent") == (told["address"], told["port"], told["status"])
    assert told["connection"]
    assert ("client", "unprovable", "encrypted") == (
        (other := line_record(client_line()))["kind"], other["verdict"], other["because"],
    )  # fmt: skip
