"""What a host was told, by the clock that saw its connections: lookups and mail may be captured at two places."""

from collections.abc import Sequence

from wiretruth.ledger.clocks import Clocks
from wiretruth.model.statements import Contact, Resolution


def by_the_clock_of_contacts(
    resolutions: list[Resolution], contacts: Sequence[Contact], clocks: Clocks
) -> list[Resolution]:
    """Give resolutions with the times that the vantage of their client's connections would have given.

    Args:
        resolutions: by the clocks of the vantages that saw them.
        contacts: by the clocks of the vantages nearest their clients.
        clocks: of the vantages; where they agree, nothing is moved.
    """
    if not clocks:
        return resolutions
    places: dict[str, str] = {}
    for contact in contacts:
        nearest = contact.connection.nearest
        places.setdefault(nearest.client.address, nearest.vantage)
    for contact in contacts:
        nearest = contact.connection.nearest
        places.setdefault(nearest.server.address, nearest.vantage)
    return [_moved(r, places[r.client], clocks) if r.client in places else r for r in resolutions]


def _moved(resolution: Resolution, place: str, clocks: Clocks) -> Resolution:
    later = clocks.between(resolution.lookup.nearest.vantage, place, resolution.at) - resolution.at
    return resolution._replace(at=resolution.at + later, until=resolution.until + later) if later else resolution
