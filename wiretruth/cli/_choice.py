"""Which transcripts are wanted: by number, by recipient, by host."""

from typing import NamedTuple

from wiretruth.engine.selection import Selection
from wiretruth.model.dns import casefold_name
from wiretruth.reports._transcript.transcript import Transcript


class Choice(NamedTuple):
    """What was asked for; of each kind any is enough, and nothing asked for holds everything."""

    numbers: tuple[int, ...] = ()
    recipients: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def of(self, transcripts: list[Transcript]) -> list[Transcript]:
        """Give those that were asked for."""
        hosts = Selection(self.hosts)
        return [
            t
            for t in transcripts
            if (not self.numbers or t.number in self.numbers)
            and (not self.recipients or any(_reaches(t, asked) for asked in self.recipients))
            and (not self.hosts or hosts.holds_connection(t.connection) or hosts.holds_name(_names(t)))
        ]


def _reaches(transcript: Transcript, asked: str) -> bool:
    """Tell whether it was mail for a mailbox, or for any of a domain; the case of neither matters."""
    local, _, domain = asked.rpartition("@")
    wanted = casefold_name(domain)
    mailboxes = [mailbox.rpartition("@") for mailbox in transcript.recipients]
    if local:
        return any(local.lower() == name.lower() and wanted == casefold_name(where) for name, _, where in mailboxes)
    return wanted in {casefold_name(where) for *_, where in mailboxes} | set(map(casefold_name, transcript.domains))


def _names(transcript: Transcript) -> tuple[str, ...]:
    """Give the names that client and server go by, as far as they said them."""
    dialogue = transcript.connection.dialogue
    said = () if dialogue is None else (dialogue.greeting_name, dialogue.helo)
    return (*transcript.domains, *transcript.meant, *(name for name in said if name))
