"""What TLS shows before it hides everything: the ClientHello (RFC 8446 §4.1.2, RFC 6066 §3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TlsStart:
    """The readable part of a dialogue ended here because TLS began."""

    at: int
    frame: int
    implicit: bool
    """TLS from the first octet (RFC 8314), not after STARTTLS."""
    server_name: str | None = None
    """Server name indication of the ClientHello, if it was seen and had one; escaped."""
    version: str | None = None
    """Highest version offered: ``TLS 1.3``, ``TLS 1.2`` …"""
