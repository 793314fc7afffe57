"""Unbound as the recursive resolver, over one zone file that is its whole world."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.lab.shell import Daemon
from tests.lab.topology import Network

ZONE: Final = """\
$ORIGIN .
$TTL 300
. SOA ns.invalid. root.invalid. 1 3600 600 86400 60
. NS ns.invalid.
ns.invalid. A 198.51.100.53
mail.example.net. A 198.51.100.10
backup.example.net. A 198.51.100.20
example.net. MX 10 mail.example.net.
corp.example. MX 10 mta.corp.example.
mta.corp.example. A 10.10.0.5
relay.other.example. A 192.0.2.66
sender.example. MX 10 out.sender.example.
out.sender.example. A 192.0.2.99
5.0.10.10.in-addr.arpa. PTR mta.corp.example.
10.100.51.198.in-addr.arpa. PTR mail.example.net.
99.2.0.192.in-addr.arpa. PTR out.sender.example.
"""

CONFIGURATION: Final = """\
server:
  {listen}
  access-control: 0.0.0.0/0 allow
  access-control: ::/0 allow
  directory: "{folder}"
  do-daemonize: no
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  verbosity: 1
  module-config: "iterator"
  do-not-query-localhost: no
  num-threads: 1
  so-reuseport: no
  unblock-lan-zones: yes
  {options}
remote-control:
  control-enable: no
{source}
"""


class Unbound:
    """One instance in one namespace."""

    def __init__(
        self, network: Network, host: str, folder: Path, listen: Sequence[str], options: Sequence[str]
    ) -> None:
        self._network, self._host, self._folder = network, host, folder
        self._listen, self._options = listen, options
        self._daemon: Daemon | None = None
        folder.mkdir(parents=True)

    def serve(self, also: str = "", lost: str = "") -> None:
        """Start, or start again, as a resolver to whom the usual zone and *also* are the world.

        *lost* is a domain whose own name servers have nothing to say: SERVFAIL.
        """
        (self._folder / "zone").write_text(ZONE + also)
        (self._folder / "nothing").touch()
        self._start("".join(self._zone(*zone) for zone in ((".", "zone"), (lost, "nothing")) if zone[0]))

    def forward(self, upstream: str, tls: str = "no") -> None:
        """Start as a cache in front of the resolver *upstream* (``198.51.100.53@853`` and *tls* for RFC 7858)."""
        self._start(f'forward-zone:\n  name: "."\n  forward-addr: {upstream}\n  forward-tls-upstream: {tls}\n')

    def iterate(self, root: str) -> None:
        """Start as a resolver that asks the name servers of the world itself, beginning with the one at *root*."""
        (self._folder / "hints").write_text(f". 3600000 NS a.root.example.\na.root.example. 3600000 A {root}\n")
        self._start(f'server:\n  root-hints: "{self._folder}/hints"\n')

    def stop(self) -> None:
        if self._daemon:
            self._daemon.stop()
        self._daemon = None

    def _zone(self, name: str, file: str) -> str:
        return (
            f'auth-zone:\n  name: "{name}"\n  zonefile: "{self._folder}/{file}"\n'
            "  for-downstream: no\n  for-upstream: yes\n  fallback-enabled: no\n"
        )

    def _start(self, source: str) -> None:
        self.stop()
        listen = "\n  ".join(f"interface: {address}" for address in self._listen)
        settings = self._folder / "unbound.conf"
        settings.write_text(
            CONFIGURATION.format(listen=listen, folder=self._folder, options="\n  ".join(self._options), source=source)
        )
        said = self._folder / "said"
        said.unlink(missing_ok=True)
        self._daemon = Daemon(self._network.enter(self._host, "unbound", "-d", "-c", str(settings)), said)
        self._daemon.wait_for("start of service")
