"""What was told about the hosts that MX answers name."""

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.names import NO_SUCH_DATA
from wiretruth.model.statements import Resolution


def domains_served(resolution: Resolution, ledger: Ledger) -> list[str]:
    """Give the domains whose MX is the name asked for here, as the same client was told by then."""
    return ledger.names.domains_using(resolution.client, resolution.name, resolution.at)


def is_first(resolution: Resolution, ledger: Ledger) -> bool:
    """Tell whether this is the first such answer of its client, so that a repeated one is not told again."""
    history = ledger.names.history(resolution.client, resolution.name, resolution.type)
    alike = [r for r in history if r.records == resolution.records and r.rcode == resolution.rcode]
    return bool(alike) and alike[0] is resolution


def has_no_address(client: str, name: str, ledger: Ledger) -> list[Resolution]:
    """Give the answers that say a name has neither A nor AAAA record; empty where that was not said, or was never asked."""
    said: list[Resolution] = []
    for record_type in ("A", "AAAA"):
        history = ledger.names.history(client, name, record_type)
        if any(r.addresses or r.rcode not in NO_SUCH_DATA for r in history):
            return []
        said.extend(history)
    asked = {r.type for r in said}
    nonexistent = any(r.rcode == "NXDOMAIN" for r in said)
    return said if nonexistent or asked == {"A", "AAAA"} else []
