"""Words that every format shares: safe text, numbers, time spans, hosts."""

from datetime import datetime, timedelta
from typing import Final

from wiretruth.model.finding import Party
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.packet import Endpoint

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - every time is UTC here; written without an offset
FIRST_SECOND: Final = -62_135_596_800
"""0001-01-01T00:00:00: RFC 3339 knows four digits of year."""
LAST_SECOND: Final = 253_402_300_799
_SURROGATE_ESCAPES: Final = range(0xDC80, 0xDD00)
"""Where PEP 383 puts the octets of a file name that is not UTF-8."""
_LEAST_SHARE: Final = 0.001


def harmless(text: str) -> str:
    r"""Escape what a terminal or a page could obey; text that parsers have escaped already stays as it is.

    Control and format characters become ``\xNN``, octet by octet; so do the octets of a file name that is not UTF-8
    (Python keeps them as lone surrogates).
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    octets = bytes([code & 0xFF]) if code in _SURROGATE_ESCAPES else character.encode("utf-8", "surrogatepass")
    return "".join(f"\\x{octet:02x}" for octet in octets)


def second(at: int) -> datetime:
    """Give the second, in UTC, that a moment in nanoseconds lies in; the nearest where a calendar has none."""
    return _EPOCH + timedelta(seconds=min(max(at // NANOSECONDS, FIRST_SECOND), LAST_SECOND))


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Say a number of things: ``1 delivery``, ``1,200 deliveries``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def share(fraction: float) -> str:
    """Say a share in per cent, never rounding something to nothing: ``12%``, ``0.3%``, ``under 0.1%``."""
    if 0 < fraction < _LEAST_SHARE:
        return "under 0.1%"
    return f"{fraction * 100:.1f}".removesuffix(".0") + "%"


def party(someone: Party) -> str:
    """Say a host as intended or observed: ``mail.example.net [192.0.2.1]:25``, ``192.0.2.1:25``."""
    if someone.name is None and someone.address is not None:
        return someone.address if someone.port is None else str(Endpoint(someone.address, someone.port))
    port = "" if someone.port is None else f":{someone.port}"
    return host(someone.name, (someone.address,) if someone.address else ()) + port


def host(name: str | None, addresses: tuple[str, ...]) -> str:
    """Say a host as mail people write it: ``mail.example.net [192.0.2.1]``."""
    bracket = f"[{', '.join(addresses)}]" if addresses else ""
    return " ".join(filter(None, (name, bracket)))
