"""Where a translation leads: from a target to endpoints.

Source: iptables-extensions(8) DNAT, REDIRECT, SNAT, MASQUERADE; nft(8) NAT STATEMENTS.
"""

from ipaddress import ip_address
from typing import Final

from wiretruth.model.packet import Endpoint
from wiretruth.model.ruleset import IPV6_ABOVE, Action, Range, Target, address_number

OF_DESTINATION: Final = (Action.DNAT, Action.REDIRECT)
OF_SOURCE: Final = (Action.SNAT, Action.MASQUERADE)
TRANSLATIONS: Final = OF_DESTINATION + OF_SOURCE


def may_give(target: Target, before: Endpoint, after: Endpoint) -> bool:
    """Tell whether a translation of *before* may give *after*.

    An address of the translating host itself (REDIRECT, MASQUERADE) is not known: any may be. A source port may be changed
    where another connection has it already.
    """
    own = target.action in (Action.REDIRECT, Action.MASQUERADE)
    if target.addresses:
        number = address_number(after.address)
        fits = any(low <= number <= high for low, high in target.addresses)
    else:
        fits = own or after.address == before.address
    if target.action in OF_SOURCE:
        return fits
    ports = target.ports or Range(before.port, before.port)
    return fits and ports.low <= after.port <= ports.high


def single(target: Target, before: Endpoint) -> Endpoint | None:
    """Give where a translation leads, if that is one endpoint only."""
    if target.action in (Action.REDIRECT, Action.MASQUERADE) or len(target.addresses) > 1:
        return None
    low, high = target.addresses[0] if target.addresses else Range(*[address_number(before.address)] * 2)
    ports = target.ports or Range(before.port, before.port)
    if low != high or ports.low != ports.high:
        return None
    return Endpoint(_address(low), ports.low)


def _address(number: int) -> str:
    return str(ip_address((number - IPV6_ABOVE).to_bytes(16) if number >= IPV6_ABOVE else number.to_bytes(4)))
