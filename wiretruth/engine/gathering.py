"""Finished sightings on their way to judgement: mail is kept whole, the rest as long as it may turn out to belong to mail."""

from collections import OrderedDict

from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue
from wiretruth.witnesses.contact import MAIL_PORTS

MAX_OTHERS = 20_000
"""Sightings kept of connections that are not mail: behind a rewriting gateway, mail may go on to any port, within moments."""

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
        self.replied: set[tuple[str, str]] = set()
        """Vantage and address of every host that packets were seen to reach there, up to MAX_HOSTS."""
        self._keep_all = keep_all
        self._mail: list[Sighting] = []
        self._others: OrderedDict[int, Sighting] = OrderedDict()

    def add(self, sighting: Sighting, dialogue: Dialogue | None) -> None:
        """Take one finished sighting, with its dialogue if it spoke SMTP."""
        if sighting.from_server.packets and len(self.replied) < MAX_HOSTS:
            self.replied.add((sighting.vantage, sighting.client.address))
        if dialogue is not None:
            self.dialogues[sighting.serial] = dialogue
        if dialogue is not None or _to_mail_port(sighting) or self._keep_all:
            self._mail.append(sighting)
            return
        self._others[sighting.serial] = sighting
        if len(self._others) > MAX_OTHERS:
            self._others.popitem(last=False)
            self.dropped += 1

    def sightings(self) -> list[Sighting]:
        """Give what was kept, in no particular order."""
        return [*self._mail, *self._others.values()]


def _to_mail_port(sighting: Sighting) -> bool:
    ports = {sighting.server.port, sighting.reply_source.port if sighting.reply_source else sighting.server.port}
    return bool(ports & MAIL_PORTS)
