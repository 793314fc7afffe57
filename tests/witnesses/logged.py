"""Log lines read as ``--log`` reads them, for the tests of every format."""

from typing import Final

from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Claim, LoggedClient, LoggedDelivery
from wiretruth.witnesses._entry import LogFormat
from wiretruth.witnesses._envelopes import Envelopes

NEAR: Final = 1_795_200_483 * NANOSECONDS
"""2026-11-20 18:48:03 UTC."""


def offered(log: LogFormat, *lines: str | bytes) -> list[tuple[Claim, ...] | None]:
    """Offer lines to a format; give what it says to each."""
    envelopes = Envelopes(NEAR)
    octets = [line.encode() if isinstance(line, str) else line for line in lines]
    return [log.receive(envelopes.open(number, line)) for number, line in enumerate(octets, 1)]


def claims(log: LogFormat, *lines: str | bytes) -> list[Claim]:
    """Give every claim of these lines, all of which the format must know."""
    said = offered(log, *lines)
    assert None not in said, lines[said.index(None)]
    return [claim for each in said if each for claim in each]


def delivery(log: LogFormat, *lines: str) -> LoggedDelivery:
    """Give the one claim of these lines, a delivery."""
    (claim,) = claims(log, *lines)
    assert isinstance(claim, LoggedDelivery)
    return claim


def client(log: LogFormat, *lines: str) -> LoggedClient:
    """Give the one claim of these lines, a client."""
    (claim,) = claims(log, *lines)
    assert isinstance(claim, LoggedClient)
    return claim


HOSTILE: Final = (
    b"",
    b"\0" * 1000,
    bytes(range(256)) * 20,
    b"a" * 1_000_000,
    b"=<>, relay=" * 20_000,
    b"[" * 50_000,
    b": " * 50_000,
    b'"' * 50_000,
    b"{" * 50_000,
    b'{"MESSAGE": [1, 999, "x", null]}',
    b"\xef\xbb\xbf#Fields: " + b"," * 50_000,
)
"""Lines that no software writes."""


def survives(log: LogFormat, *heads: str) -> None:
    """Offer hostile lines, behind what makes a format look at them, and on their own."""
    for line in HOSTILE:
        for head in ("", *heads):
            offered(log, head.encode() + line)
