"""What was told about the hosts that MX answers name."""

from collections.abc import Hashable

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.names import NO_SUCH_DATA
from wiretruth.model.statements import Resolution


def domains_served(resolution: Resolution, ledger: Ledger) -> list[str]:
    """Give the domains whose MX is the name asked for here, as the same client was told by then."""
    return ledger.names.domains_using(resolution.client, resolution.name, resolution.at)


def is_first(resolution: Resolution, ledger: Ledger) -> bool:
    """Tell whether this is the first such answer of its client, so that a repeated one is not told again."""
    return ledger.names.alike(_said, _said(resolution))[0] is resolution


def _said(resolution: Resolution) -> Hashable:
    return (resolution.client, resolution.name, resolution.type, resolution.rcode, resolution.records)


def has_no_address(client: str, name: str, ledger: Ledger) -> list[Resolution]:
    """Give the answers that say a name has neither A nor AAAA record; empty where that was not said, or was never asked."""
    said: list[Resolution] = []
    for record_type in ("A", "AAAA"):
        settled = ledger.names.settled(client, name, record_type)
        failed = any(r.rcode not in NO_SUCH_DATA for r in ledger.names.history(client, name, record_type))
        if failed or any(r.addresses for r in settled):
            return []
        said.extend(settled)
    asked = {r.type for r in said}
    nonexistent = any(r.rcode == "NXDOMAIN" for r in said)
    return said if nonexistent or asked == {"A", "AAAA"} else []
