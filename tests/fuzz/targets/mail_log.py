"""Mail logs, of every format at once: each line is offered to all of them."""

from collections.abc import Iterator

from tests.fuzz.target import harmless
from tests.fuzz.values import texts
from tests.fuzz.written import committed, examples
from tests.witnesses.logged import NEAR
from wiretruth.engine.log_reading import LogReading, LogSettings
from wiretruth.model.frames import NANOSECONDS

_WIDE = 40 * 365 * 86_400 * NANOSECONDS
"""So that no line is passed over for its time."""


def seeds() -> Iterator[bytes]:
    """Give logs of the lab, and the lines of the tests of every format."""
    yield from committed("mail.log")
    for name in ("exchange", "exim", "opensmtpd", "postfix", "qmail", "sendmail"):
        yield from examples(f"witnesses/test_{name}_log.py")
    yield from examples("witnesses/test_envelopes.py")


def check(octets: bytes) -> None:
    """Read the lines; what they claim is harmless, and no longer than they are."""
    reading = LogReading(LogSettings(NEAR - _WIDE, NEAR + _WIDE), "log", "mail.log")
    lines = octets.split(b"\n")
    reading.receive(lines)
    log = reading.finish()
    assert log.lines == len(lines)
    for claim in log.claims:
        for text in texts(claim):
            harmless(text)
