"""tcpdump at one place: started when it really listens, stopped when it really has everything."""

import signal
import time
from pathlib import Path
from typing import Final

from tests.lab.shell import Daemon
from tests.lab.topology import Network

TAIL_SECONDS: Final = 0.4
"""Without it tcpdump loses the last packets on SIGINT."""


class Tap:
    """One capture file."""

    def __init__(self, network: Network, host: str, interface: str, path: Path, *options: str) -> None:
        """*options*: further words for tcpdump: a snap length, a filter."""
        command = ("tcpdump", "-n", "-i", interface, "-U", "--immediate-mode", "-Z", "root", "-B", "8192")
        self._daemon = Daemon(network.enter(host, *command, "-w", str(path), *options), path.with_suffix(".said"))
        self._daemon.wait_for("listening on")

    def stop(self) -> None:
        time.sleep(TAIL_SECONDS)
        self._daemon.stop(signal.SIGINT)
        self._daemon.said.unlink()
