"""What Exim, Sendmail and OpenSMTPD have in common here: unpacked packages, run in namespaces of their own."""

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from tests.lab import unpacked
from tests.lab.shell import Daemon, wait_for_line
from tests.lab.topology import Network

HERE: Final = Path(__file__).parent
LISTENING: Final = ("ss", "-Hltn", "sport = :25")


class Wanted(NamedTuple):
    """What a scenario asks of a mail server."""

    host: str
    name: str
    """What it calls itself."""
    domains: tuple[str, ...] = ()
    """Those whose mail it takes, for the mailboxes alice and bob alone, and throws away."""
    smart_host: str = ""
    """Where it sends everything, by name or address; empty: where the DNS says."""
    tls: bool = False
    """It offers STARTTLS with a certificate of its own."""


class Software(Protocol):
    """One of the programs."""

    PACKAGE: str
    LOG: str
    """Its log file in the folder that it is given."""
    SENT: str
    """How it logs that a message was sent on: a regular expression; likewise the others."""
    DEFERRED: str
    REJECTED: str
    TAKEN: str
    """How it logs that it took a message for a mailbox of its own."""
    REFUSED: str
    """How it logs that it refused a mailbox."""

    def prepare(self, wanted: Wanted, folder: Path) -> Sequence[str]:
        """Write the configuration into *folder*; give the command that runs it in the foreground."""
        ...


class MailServer:
    """One running instance."""

    def __init__(self, network: Network, folder: Path, software: Software, wanted: Wanted) -> None:
        self.host, self.log = wanted.host, folder / software.LOG
        self._network, self._folder = network, folder
        folder.mkdir()
        folder.chmod(0o777)
        (folder / "scratch").mkdir()
        command = software.prepare(wanted, folder)
        alone = ("unshare", "--mount", "--pid", "--fork", "--kill-child")
        laid = ("sh", str(HERE / "installed.sh"), str(unpacked.root(software.PACKAGE)), str(folder / "scratch"))
        self._daemon = Daemon(network.enter(wanted.host, *alone, *laid, *command), folder / "said")
        self._daemon.wait_until(self._listens, f"port 25 of {software.PACKAGE}")

    def stop(self) -> None:
        self._daemon.stop(
            signal.SIGKILL
        )  # unshare heeds no other; its child is the first process, and takes all with it

    def wait_for(self, pattern: str, times: int = 1, seconds: float = 60) -> None:
        """Wait until *pattern* (a regular expression) stands in the mail log that often."""
        wait_for_line(self.log, pattern, times, seconds)

    def _listens(self) -> bool:
        return bool(self._network.run(self.host, *LISTENING))
