"""Hosts with both IP versions: who asks over one of them what the other one needs."""

from wiretruth.ledger.hosts import Asker, Hosts
from wiretruth.model.statements import Resolution

MAX_SEEKERS = 2
"""Addresses that ask for mail hosts, remembered of one input: what matters is whether there is only one."""


class Seekers:
    """The addresses that asked a resolver for mail hosts and their addresses, by input."""

    __slots__ = ("_by_input", "_hosts")

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._by_input: dict[str, dict[str, None]] = {}

    def note(self, resolution: Resolution, asker: Asker) -> None:
        """Remember who asked for the address of a mail host; a resolver's own search may serve anybody."""
        lookup = resolution.lookup.sightings[0]
        if asker[0] or not lookup.recursion_desired:
            return
        seekers = self._by_input.setdefault(self._hosts.input_of(lookup.vantage), {})
        if len(seekers) < MAX_SEEKERS:
            seekers[asker[1]] = None

    def kin(self, client: str) -> list[Asker]:
        """Give the other address of the host that has *client*, which asked nothing itself.

        A client that sends from the very place of a capture is taken for the only host there that asks for mail hosts,
        where that one asks over the other IP version.
        """
        places = [place for place in self._by_input if self._hosts.sends_from(place, client)]
        alone = {next(iter(seekers)) for place in places if len(seekers := self._by_input[place]) == 1}
        if len(places) != 1 or len(alone) != 1:
            return []
        return [("", address) for address in alone if (":" in address) != (":" in client)]
