"""Finished sightings on their way to judgement: mail is kept whole, the rest as long as it may turn out to belong to mail."""

from collections.abc import Iterable
from operator import itemgetter

from wiretruth.flow.crowding import Server, crowded_out
from wiretruth.flow.outline import Outline
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue
from wiretruth.witnesses.contact import MAIL_PORTS

MAX_OTHERS = 20_000
"""Sightings kept of connections that are not mail: behind a rewriting gateway, mail may go on to any port, within moments."""

MAX_SPEECHLESS = 30_000
"""Sightings kept of connections to mail ports on which nobody spoke SMTP: what a large site attempts in vain in a day, some
100 MB when they are judged. Beyond it, it is a flood, of which the latest are as good as any; attempts at other servers stay."""

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
        self._finished: list[tuple[int, Sighting | Outline, Dialogue | None]] = []
        """By serial."""
        self._mail: list[Sighting] = []
        self._speechless: dict[int, Sighting | Outline] = {}
        self._asked: dict[int, Server] = {}
        """The server of each of those."""
        self._others: dict[int, Sighting | Outline] = {}

    def add(self, sighting: Sighting | Outline, dialogue: Dialogue | None) -> None:
        """Take one finished sighting, with its dialogue if it spoke SMTP; or what stands for a sighting not made yet."""
        self._finished.append((sighting.serial, sighting, dialogue))

    def give_up(self, speechless: int, others: int) -> None:
        """Count sightings that nobody made because they would have been given up."""
        self.speechless_dropped += speechless
        self.dropped += others

    def settle(self) -> None:
        """Decide what is kept of all that was added: in which order it came makes no difference."""
        self._finished.sort(key=itemgetter(0))
        for serial, sighting, dialogue in self._finished:
            if isinstance(sighting, Outline):
                self._settle_outline(serial, sighting)
            else:
                self._settle(serial, sighting, dialogue)
        self._finished.clear()
        if len(self._speechless) > MAX_SPEECHLESS:
            excess = crowded_out(self._asked, len(self._speechless) - MAX_SPEECHLESS)
            self.speechless_dropped += len(excess)
            for serial in excess:
                del self._speechless[serial], self._asked[serial]
        if len(self._others) > MAX_OTHERS:
            oldest = sorted(self._others)[: len(self._others) - MAX_OTHERS]
            self.dropped += len(oldest)
            for serial in oldest:
                del self._others[serial]

    def _settle(self, serial: int, sighting: Sighting, dialogue: Dialogue | None) -> None:
        if sighting.from_server.packets > 0:
            self._note_reply(sighting.vantage, sighting.client.address)
        if dialogue is not None or self._keep_all:
            self._mail.append(sighting)
            if dialogue is not None:
                self.dialogues[serial] = dialogue
        elif _ports(sighting) & MAIL_PORTS:
            self._speechless[serial] = sighting
            self._asked[serial] = sighting.vantage, sighting.server.address
        else:
            self._others[serial] = sighting

    def _settle_outline(self, serial: int, outline: Outline) -> None:
        client, server, by_client = outline.ends()
        if not by_client or outline.both_sent:
            self._note_reply(outline.vantage, client)
        if server.port in MAIL_PORTS:
            self._speechless[serial] = outline
            self._asked[serial] = outline.vantage, server.address
        else:
            self._others[serial] = outline

    def forget(self, until: int, most: int) -> int:
        """Give up what was over by a moment, and the oldest of mail that is too much.

        Args:
            until: nanoseconds since the Unix epoch.
            most: connections of mail that are kept.

        Returns:
            The moment up to which everything was given up.
        """
        if len(self._mail) > most:
            until = max(until, sorted(_last(one) for one in self._mail)[-most - 1])
        self._mail = [one for one in self._mail if _last(one) > until]
        kept = {one.serial for one in self._mail}
        self.dialogues = {serial: dialogue for serial, dialogue in self.dialogues.items() if serial in kept}
        for table in (self._speechless, self._others):
            for serial in [serial for serial, one in table.items() if _last(one) <= until]:
                del table[serial]
        self._asked = {serial: self._asked[serial] for serial in self._speechless}
        return until

    def note_replies(self, hosts: Iterable[tuple[str, str]]) -> None:
        """Note vantage and address of hosts that packets were seen to reach."""
        for host in hosts:
            self._note_reply(*host)

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


def _last(sighting: Sighting | Outline) -> int:
    return sighting.last if isinstance(sighting, Outline) else sighting.last.at


def _ports(sighting: Sighting) -> set[int]:
    return {sighting.server.port, sighting.reply_source.port if sighting.reply_source else sighting.server.port}
