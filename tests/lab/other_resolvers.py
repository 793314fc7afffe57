"""BIND and dnsmasq: the other two resolvers that mail servers are given."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.lab.names import ZONE
from tests.lab.shell import Daemon
from tests.lab.topology import Network

NAMED: Final = """\
options {{
  directory "{folder}";
  pid-file none;
  session-keyfile none;
  lock-file none;
  managed-keys-directory "{folder}";
  dnssec-validation no;
  listen-on {{ {listen}; }};
  listen-on-v6 {{ none; }};
  allow-query {{ any; }};
  allow-query-cache {{ any; }};
  allow-recursion {{ any; }};
  recursion {recursion};
  empty-zones-enable no;
  notify no;
  {options}
}};
controls {{ }};
{zones}
"""
DNSMASQ: Final = """\
no-resolv
no-hosts
no-poll
bind-interfaces
user=root
pid-file=
log-facility=-
cache-size=100
"""


class Bind:
    """One named in one namespace: a resolver, or a name server that only answers for zones of its own."""

    def __init__(self, network: Network, host: str, folder: Path, listen: Sequence[str]) -> None:
        self._network, self._host, self._folder, self._listen = network, host, folder, listen
        self._daemon: Daemon | None = None
        folder.mkdir(parents=True)

    def serve(self, also: str = "", lost: str = "") -> None:
        """Be a resolver to whom the usual zone and *also* are the world; of the domain *lost* it has no data."""
        zones = {".": ZONE + also} | ({lost: "; nothing was ever transferred\n"} if lost else {})
        self._start(zones, recursion="yes")

    def answer_for(self, zones: Mapping[str, str]) -> None:
        """Be the authority for *zones* (their text by their origin), and refer or refuse everybody else."""
        self._start(zones, recursion="no")

    def forward(self, upstream: str) -> None:
        self._start({}, recursion="yes", options=f"forward only; forwarders {{ {upstream}; }};")

    def stop(self) -> None:
        if self._daemon:
            self._daemon.stop()
        self._daemon = None

    def _start(self, zones: Mapping[str, str], recursion: str, options: str = "") -> None:
        self.stop()
        stanzas = []
        for number, (origin, text) in enumerate(zones.items()):
            (self._folder / f"zone{number}").write_text(text)
            stanzas.append(f'zone "{origin}" {{ type primary; file "zone{number}"; }};')
        settings = self._folder / "named.conf"
        settings.write_text(
            NAMED.format(
                folder=self._folder,
                listen="; ".join(self._listen),
                recursion=recursion,
                options=options,
                zones="\n".join(stanzas),
            )
        )
        said = self._folder / "said"
        said.unlink(missing_ok=True)
        self._daemon = Daemon(self._network.enter(self._host, "named", "-g", "-n", "1", "-c", str(settings)), said)
        self._daemon.wait_for("all zones loaded")


class Dnsmasq:
    """One dnsmasq in one namespace."""

    def __init__(self, network: Network, host: str, folder: Path, listen: Sequence[str]) -> None:
        self._network, self._host, self._folder, self._listen = network, host, folder, listen
        self._daemon: Daemon | None = None
        folder.mkdir(parents=True)

    def start(self, *lines: str) -> None:
        """Start with further *lines* of configuration: ``server=198.51.100.53`` to forward, ``mx-host=…`` to answer."""
        self.stop()
        settings = self._folder / "dnsmasq.conf"
        places = "".join(f"listen-address={address}\n" for address in self._listen)
        settings.write_text(DNSMASQ + places + "".join(f"{line}\n" for line in lines))
        said = self._folder / "said"
        said.unlink(missing_ok=True)
        self._daemon = Daemon(self._network.enter(self._host, "dnsmasq", "-k", "-C", str(settings)), said)
        self._daemon.wait_for("started, version")

    def stop(self) -> None:
        if self._daemon:
            self._daemon.stop()
        self._daemon = None
