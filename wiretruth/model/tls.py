"""What TLS shows before it hides everything: both Hellos, and up to TLS 1.2 the certificate (RFC 8446, RFC 5246, RFC 6066)."""

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
    chosen: str | None = None
    """Version that the server chose, where its ServerHello was seen."""
    names: tuple[str, ...] = ()
    """Of the server's certificate, escaped; empty where it was not seen, as always from TLS 1.3 on."""

    def covers(self, host: str) -> bool:
        """Tell whether the certificate is for a host: its own name, or a wildcard for one label (RFC 6125 §6.4.3)."""
        wanted = host.lower().rstrip(".")
        above = wanted.partition(".")[2]
        return any(
            name in (wanted, f"*.{above}" if above else "") for name in (n.lower().rstrip(".") for n in self.names)
        )
