"""Finished sightings on their way to judgement: mail is kept whole, the rest as long as it may turn out to belong to mail."""

from collections import OrderedDict

from wiretruth.flow.outline import Outline
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue
from wiretruth.witnesses.contact import MAIL_PORTS

MAX_OTHERS = 20_000
"""Sightings kept of connections that are not mail: behind a rewriting gateway, mail may go on to any port, within moments."""

MAX_SPEECHLESS = 30_000
"""Sightings kept of connections to mail ports on which nobody spoke SMTP: what a large site attempts in vain in a day, some
100 MB when they are judged. Beyond it, it is a flood, of which the latest are as good as any."""

MAX_HOSTS = 200_000
"""Clients remembered as seen to get replies: more than any mail site serves in a day."""


class Gathering:
    """Sightings and dialogues by what they may be needed for."""

    def __init__(self, keep_all: bool) -> None:
        """Begin empty.

        Args:
            keep_all: keep every sighting, for a report that lists all connections.
        """
        self.dialogues: dict[int, Dialogue] = {}
        self.dropped = 0
        """Sightings of other connections given up."""
        self.speechless_dropped = 0
        """Sightings to mail ports given up."""
        self.hosts_dropped = 0
        """How often a host was not remembered among :attr:`replied`."""
        self.replied: set[tuple[str, str]] = set()
        """Vantage and address of every host that packets were seen to reach there, up to MAX_HOSTS."""
        self._keep_all = keep_all
        self._finished: list[tuple[Sighting | Outline, Dialogue | None]] = []
        self._mail: list[Sighting] = []
        self._speechless: OrderedDict[int, Sighting | Outline] = OrderedDict()
        self._others: OrderedDict[int, Sighting | Outline] = OrderedDict()

    def add(self, sighting: Sighting | Outline, dialogue: Dialogue | None) -> None:
        """Take one finished sighting, with its dialogue if it spoke SMTP; or what stands for a sighting not made yet."""
        self._finished.append((sighting, dialogue))

    def settle(self) -> None:
        """Decide what is kept of all that was added, in the order of serials: in which order they came makes no difference."""
        self._finished.sort(key=_serial)
        for sighting, dialogue in self._finished:
            self._settle(sighting, dialogue)
        self._finished.clear()

    def _settle(self, sighting: Sighting | Outline, dialogue: Dialogue | None) -> None:
        if isinstance(sighting, Outline):
            client, port, by_client = sighting.client_and_port()
            mail, replied = port in MAIL_PORTS, not by_client or sighting.both_sent
        else:
            client, replied = sighting.client.address, sighting.from_server.packets > 0
            mail = not MAIL_PORTS.isdisjoint(_ports(sighting))
        if replied:
            self._note_reply(sighting.vantage, client)
        if isinstance(sighting, Sighting) and (dialogue is not None or self._keep_all):
            self._mail.append(sighting)
            if dialogue is not None:
                self.dialogues[sighting.serial] = dialogue
        elif mail:
            self._speechless[sighting.serial] = sighting
            if len(self._speechless) > MAX_SPEECHLESS:
                self._speechless.popitem(last=False)
                self.speechless_dropped += 1
        else:
            self._others[sighting.serial] = sighting
            if len(self._others) > MAX_OTHERS:
                self._others.popitem(last=False)
                self.dropped += 1

    def sightings(self) -> list[Sighting]:
        """Give what was kept of mail when it was last settled, in no particular order."""
        return [*self._mail, *map(made, self._speechless.values())]

    def others(self) -> list[Sighting | Outline]:
        """Give what was kept of the rest."""
        return list(self._others.values())

    def _note_reply(self, vantage: str, address: str) -> None:
        host = (vantage, address)
        if host in self.replied:
            return
        if len(self.replied) < MAX_HOSTS:
            self.replied.add(host)
        else:
            self.hosts_dropped += 1


def made(sighting: Sighting | Outline) -> Sighting:
    """Give the sighting itself."""
    return sighting.sighting() if isinstance(sighting, Outline) else sighting


def _serial(finished: tuple[Sighting | Outline, Dialogue | None]) -> int:
    return finished[0].serial


def _ports(sighting: Sighting) -> set[int]:
    return {sighting.server.port, sighting.reply_source.port if sighting.reply_source else sighting.server.port}
