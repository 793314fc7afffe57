"""Which loopback address is whose: every host has its own, and several captures may show several of them."""

from wiretruth.model.statements import Contact, Survey

MAX_LOOPBACK = 64
"""Loopback addresses remembered of one host: a stub resolver or two, and what containers add."""

Asker = tuple[str, str]
"""An address as one host's: where it was captured (``""`` where that does not matter), and the address."""

INITIAL_TTLS = (64, 128, 255)
"""Time to live that operating systems send with; what arrives below one of these came over so many hops."""

_HOPS: dict[int | None, int] = {ttl: min(i - ttl for i in INITIAL_TTLS if i >= ttl) for ttl in range(256)}


def is_loopback(address: str) -> bool:
    """Tell whether an address never leaves its host (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3)."""
    return address.startswith("127.") or address == "::1"


def hops_behind(ttl: int | None) -> int | None:
    """Give the hops that a packet had behind it, from the TTL it arrived with; ``None`` without a TTL."""
    return _HOPS.get(ttl)


class Hosts:
    """Ties addresses to the loopback addresses of the same host.

    Loopback traffic is captured on its host only, so it belongs to whoever sends from that very place: an address whose
    packets had no hop behind them at any vantage of the same input.
    """

    def __init__(self) -> None:
        self.given_up = 0
        """Loopback addresses beyond the bound."""
        self._inputs: dict[str, str] = {}
        self._here: dict[tuple[str, str], bool] = {}
        """By input and address: no packet of it had a hop behind it there."""
        self._askers: dict[str, Asker] = {}
        """Of every address that is no loopback address, so that each is kept once."""
        self._loopback: dict[str, dict[Asker, None]] = {}

    def know(self, survey: Survey) -> None:
        """Note to which input a vantage belongs."""
        self._inputs[survey.vantage] = survey.path

    def asker(self, vantage: str, address: str) -> Asker:
        """Give the identity under which something is remembered of *address*, as seen at *vantage*."""
        if not is_loopback(address):
            return self._askers.setdefault(address, ("", address))
        place = self._place(vantage)
        known = self._loopback.setdefault(place, {})
        asker = (place, address)
        if asker not in known:
            if len(known) < MAX_LOOPBACK:
                known[asker] = None
            else:
                self.given_up += 1
        return asker

    def meet(self, contact: Contact) -> None:
        """Learn from a connection which addresses send from the capturing host itself."""
        for sighting in contact.connection.sightings:
            client = sighting.syns[0].ttl if sighting.syns else sighting.from_client.ttl
            server = sighting.syn_acks[0].ttl if sighting.syn_acks else sighting.from_server.ttl
            for address, ttl in ((sighting.client.address, client), (sighting.server.address, server)):
                hops = _HOPS.get(ttl)
                if hops is not None:
                    key = (self._place(sighting.vantage), address)
                    self._here[key] = hops == 0 and self._here.get(key, True)

    def same(self, address: str) -> list[Asker]:
        """Give every identity of the host that has *address*, its own first.

        A stub resolver asks from the loopback address what a connection from the host's own address needs.
        """
        if not self._loopback:
            return [] if is_loopback(address) else [("", address)]
        if is_loopback(address):
            return [(place, address) for place, known in self._loopback.items() if (place, address) in known]
        return [("", address), *self.loopbacks(address)]

    def loopbacks(self, address: str) -> list[Asker]:
        """Give the loopback addresses of the host that has *address*."""
        return [asker for place, known in self._loopback.items() if self._here.get((place, address)) for asker in known]

    def input_of(self, vantage: str) -> str:
        """Give the input that a vantage belongs to."""
        return self._place(vantage)

    def sends_from(self, place: str, address: str) -> bool:
        """Tell whether *address* sends from the very place where an input was captured, as far as connections show."""
        return self._here.get((place, address), False)

    def _place(self, vantage: str) -> str:
        return self._inputs.get(vantage, vantage)
