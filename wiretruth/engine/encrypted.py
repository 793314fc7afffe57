"""DNS that nobody can read: connections to the port of DNS over TLS, and to resolvers known for DNS over HTTPS."""

from collections.abc import Iterable

from wiretruth.engine.gathering import made
from wiretruth.flow.outline import Outline
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome, Sighting
from wiretruth.model.statements import EncryptedDns

DNS_OVER_TLS = 853
"""RFC 7858 §3.1."""
HTTPS = 443
PUBLIC = frozenset({
    "1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001",
    "8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844",
    "9.9.9.9", "149.112.112.112", "2620:fe::fe", "2620:fe::9",
    "94.140.14.14", "94.140.15.15", "208.67.222.222", "208.67.220.220", "185.222.222.222", "45.11.45.11",
})  # fmt: skip
"""Addresses of public resolvers, at which nothing but DNS (RFC 8484) is served over HTTPS."""

MAX_PAIRS = 1024
"""Pairs of client and resolver told of one vantage: what matters of them is that there are any."""


def encrypted(seen: Iterable[Sighting | Outline]) -> dict[str, tuple[EncryptedDns, ...]]:
    """Gather encrypted DNS by vantage, from connections of any kind; those that came about count."""
    found: dict[str, dict[tuple[str, Endpoint], EncryptedDns]] = {}
    chosen = [made(one) for one in seen if _may_be(one)]
    for sighting in sorted(chosen, key=lambda one: (one.opened, one.serial)):
        server = sighting.server
        if sighting.outcome not in (Outcome.ESTABLISHED, Outcome.RESET, Outcome.MIDSTREAM) or not _is_resolver(server):
            continue
        pairs = found.setdefault(sighting.vantage, {})
        pair = (sighting.client.address, server)
        known = pairs.get(pair)
        if known is not None:
            pairs[pair] = known._replace(connections=known.connections + 1)
        elif len(pairs) < MAX_PAIRS:
            pairs[pair] = EncryptedDns(*pair, 1, Mark(sighting.opened.at, sighting.opened.frame))
    return {vantage: tuple(pairs.values()) for vantage, pairs in found.items()}


def _may_be(one: Sighting | Outline) -> bool:
    """Told from the ends alone: most connections of a gateway go to port 443."""
    if isinstance(one, Outline):
        _, low, low_port, high, high_port = one.key
    else:
        (low, low_port), (high, high_port) = one.client, one.server
    if DNS_OVER_TLS in (low_port, high_port):
        return True
    return (low_port == HTTPS and low in PUBLIC) or (high_port == HTTPS and high in PUBLIC)


def _is_resolver(server: Endpoint) -> bool:
    return server.port == DNS_OVER_TLS or (server.port == HTTPS and server.address in PUBLIC)
