"""One scenario's laboratory: what a scenario may ask for, and the promise that all of it is gone afterwards."""

import contextlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from tests.lab import mail
from tests.lab.capture import Tap
from tests.lab.mail_server import MailServer, Software, Wanted
from tests.lab.names import Unbound
from tests.lab.other_resolvers import Bind, Dnsmasq
from tests.lab.shell import Daemon
from tests.lab.topology import HOSTS, Network

HERE: Final = Path(__file__).parent
TAYGA: Final = """\
tun-device nat64
ipv4-addr 203.0.113.65
prefix 2001:db8:64::/96
map 203.0.113.66 {inside}
data-dir {data}
"""
SYNPROXY: Final = """\
table ip guard {
  chain early {
    type filter hook prerouting priority raw
    iifname "wan0" tcp dport 25 tcp flags syn notrack
  }
  chain forward {
    type filter hook forward priority filter
    tcp dport 25 ct state invalid,untracked synproxy mss 1460 wscale 7 timestamp sack-perm
    ct state invalid drop
  }
}
"""
ANY_ADDRESS: Final = "0.0.0.0"  # noqa: S104 - what TPROXY hands over bears any address
LOCAL_RESOLVER: Final = "127.0.0.1"


class Lab:
    """Hosts to be asked for by their names in topology.py; everything is stopped in reverse order at the end."""

    def __init__(self, out: Path, cables: int = 0) -> None:
        """*out*: where captures, log and rules of the scenario are kept."""
        self.out = out
        self._stack = contextlib.ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="wiretruth-lab-"))
        self.folder.chmod(0o755)
        self.network = Network(self.folder, cables)

    def __enter__(self) -> Self:
        self._stack.callback(shutil.rmtree, self.folder)
        self._stack.callback(self.network.down)
        try:
            self.network.up()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def resolver(self, host: str = "ns1", options: Sequence[str] = (), listen: Sequence[str] = ()) -> Unbound:
        """A resolver on *host*, not yet serving; ``mta`` gets one for itself alone, on loopback."""
        usual = (LOCAL_RESOLVER,) if host == "mta" else tuple(HOSTS[host])
        unbound = Unbound(self.network, host, self.folder / f"unbound-{host}", listen or usual, options)
        self._stack.callback(unbound.stop)
        return unbound

    def bind(self, host: str = "ns1", listen: Sequence[str] = ()) -> Bind:
        bind = Bind(self.network, host, self.folder / f"named-{host}", listen or (HOSTS[host].v4,))
        self._stack.callback(bind.stop)
        return bind

    def dnsmasq(self, host: str = "ns1", listen: Sequence[str] = ()) -> Dnsmasq:
        dnsmasq = Dnsmasq(self.network, host, self.folder / f"dnsmasq-{host}", listen or (HOSTS[host].v4,))
        self._stack.callback(dnsmasq.stop)
        return dnsmasq

    def sender(self, **settings: str) -> mail.Postfix:
        """The mail server ``mta``; its resolver is ns1 unless ``resolvers`` of the network said otherwise."""
        return self._postfix("mta", mail.SENDER | settings)

    def receiver(self, host: str = "mx1", name: str = "mail.example.net", **settings: str) -> mail.Postfix:
        """A mail server beyond the router that takes everything for example.net and example.org."""
        return self._postfix(host, mail.RECEIVER | {"myhostname": name} | settings)

    def other(self, software: Software, host: str = "mta", **wanted: Any) -> MailServer:
        """A mail server that is not Postfix; *wanted*: see :class:`Wanted`."""
        folder = self.folder / f"{software.PACKAGE}-{host}"
        server = MailServer(self.network, folder, software, Wanted(host, "mta.corp.example", **wanted))
        self._stack.callback(server.stop)
        return server

    def certified(self, name: str = "mail.example.net") -> dict[str, str]:
        return mail.certificate(self.folder, name)

    def odd_server(self, host: str = "mx1", port: int = 25, address: str = "", **table: Any) -> None:
        """A byte-exact server: see odd_servers.py for the table."""
        where = address or HOSTS[host].v4
        self.program(host, "odd_servers.py", where, str(port), json.dumps(table))

    def program(self, host: str, script: str, *words: str) -> Daemon:
        """Start one of the lab's own programs on *host* and wait until it says it is ready."""
        return self.daemon(host, "ready", sys.executable, "-I", str(HERE / script), *words)

    def daemon(self, host: str, ready: str, *command: str) -> Daemon:
        """Start any program on *host* and wait until it says *ready*."""
        said = self.folder / f"said-{host}-{time.monotonic_ns()}"
        daemon = Daemon(self.network.enter(host, *command), said)
        self._stack.callback(daemon.stop)
        daemon.wait_for(ready)
        return daemon

    def client(self, host: str, what: str, *words: str) -> Daemon:
        """Start one of the small clients on *host*; wait for its end with ``wait_end``."""
        said = self.folder / f"{what}-{host}-{time.monotonic_ns()}"
        daemon = Daemon(
            self.network.enter(host, sys.executable, "-I", str(HERE / "odd_clients.py"), what, *words), said
        )
        self._stack.callback(daemon.stop)
        return daemon

    def submit(self, host: str = "mta", to: Sequence[str] = ("bob@example.net",), **order: Any) -> None:
        """Hand one message to the mail server on *host* from the host itself."""
        self.send(host, "127.0.0.1", to, **order)

    def send(self, host: str, address: str, to: Sequence[str] = ("bob@example.net",), **order: Any) -> None:
        """Send one message from *host* straight to *address*."""
        self.client(host, "send", address, "25", json.dumps({"to": list(to), **order})).wait_end(60)

    def lookup(self, host: str, name: str, rdtype: str, resolver: str = HOSTS["ns1"].v4) -> None:
        self.client(host, "lookup", resolver, name, rdtype).wait_end()

    def firewall(self, host: str, *rules: str) -> None:
        """Add iptables rules, each in the words of iptables; ip6tables where a rule begins with ``-6``."""
        for rule in rules:
            program = "ip6tables" if rule.startswith("-6 ") else "iptables"
            self.network.run(host, program, "-w", *rule.removeprefix("-6 ").split())

    def tproxy(self, port: int = 25) -> None:
        """Have the gateway give what leaves its LAN for *port* to a transparent socket of its own, at 2525."""
        self.network.run("gw", "ip", "rule", "add", "fwmark", "1", "lookup", "100")
        self.network.run("gw", "ip", "route", "add", "local", "0.0.0.0/0", "dev", "lo", "table", "100")
        rule = "-t mangle -A PREROUTING -i lan0 -p tcp --dport {} -j TPROXY --on-port 2525 --tproxy-mark 1"
        self.firewall("gw", rule.format(port))

    def nat64(self) -> None:
        """Have the gateway translate 2001:db8:64::/96 (RFC 6052); ``mta`` is 203.0.113.66 to the world."""
        settings = self.folder / "tayga.conf"
        settings.write_text(TAYGA.format(data=self.folder, inside=HOSTS["mta"].v6))
        self.network.run("rt", "ip", "route", "add", "203.0.113.64/26", "via", "203.0.113.1")
        self.network.run("gw", "tayga", "-c", str(settings), "--mktun")
        for words in (
            "link set nat64 up",
            "route add 203.0.113.64/26 dev nat64",
            "route add 2001:db8:64::/96 dev nat64",
        ):
            self.network.run("gw", "ip", *words.split())
        self.daemon("gw", "Using tun device", "stdbuf", "-oL", "tayga", "-d", "-c", str(settings))

    def encrypted_dns(self) -> None:
        """Give ``mta`` a resolver of its own, which asks ns1 by TLS alone (RFC 7858)."""
        mail.certificate(self.folder, "ns1.example")
        key, cert = self.folder / "ns1.example.key", self.folder / "ns1.example.pem"
        secured = (f'tls-service-key: "{key}"', f'tls-service-pem: "{cert}"', "tls-port: 853")
        self.resolver(options=secured, listen=(f"{HOSTS['ns1'].v4}@853",)).serve()
        self.resolver("mta").forward(f"{HOSTS['ns1'].v4}@853", tls="yes")
        self.network.resolvers("mta", [LOCAL_RESOLVER])

    def synproxy(self) -> None:
        """Have the gateway answer SYNs to the mail server's port 25 itself, and pass on who completes the handshake."""
        calm = {"net.netfilter.nf_conntrack_tcp_loose": "0", "net.ipv4.tcp_syncookies": "2"}
        self.network.sysctl("gw", calm)
        self.nft("gw", SYNPROXY)

    def lose_one(self, which: str) -> None:
        """Have the gateway lose the first of the packets that *which* (in the words of iptables) describes."""
        self.firewall("gw", f"-A FORWARD {which} -m statistic --mode nth --every 1000 --packet 0 -j DROP")

    def relay(self, host: str, address: str, server: str) -> None:
        """Have socat take connections to *address* and pass them on to *server*."""
        here, there = f"TCP4-LISTEN:25,bind={address},fork,reuseaddr", f"TCP4:{server}:25"
        self.daemon(host, "listening on", "socat", "-d", "-d", here, there)

    def nft(self, host: str, ruleset: str) -> None:
        self.network.run(host, "nft", "-f", "-", text=ruleset)

    @contextlib.contextmanager
    def taps(self, *places: str, options: Sequence[str] = ()) -> Iterator[None]:
        """Capture at *places* (``mta-eth0``, ``gw-any``, ``gw-lan``: host and interface) while the block runs."""
        with contextlib.ExitStack() as open_taps:
            for place in places:
                host, word = place.split("-")
                interface = f"{word}0" if word in ("lan", "wan") else word
                tap = Tap(self.network, host, interface, self.out / f"{place}.pcap", *options)
                open_taps.callback(tap.stop)
            yield

    def keep_log(self, server: mail.Postfix | MailServer) -> None:
        """Keep the mail log beside the captures."""
        shutil.copyfile(server.log, self.out / "mail.log")

    def keep_firewall(self, host: str) -> None:
        """Keep the rules and the connection tracking table of *host* beside the captures."""
        (self.out / "rules.txt").write_text(self.network.run(host, "iptables-save"))
        self.keep_conntrack(host)

    def keep_conntrack(self, host: str, family: str = "ipv4") -> None:
        """Keep the connection tracking table of *host* beside the captures."""
        (self.out / "conntrack.txt").write_text(self.network.run(host, "conntrack", "-L", "-f", family))

    def keep_sockets(self, host: str) -> None:
        """Keep the socket table of *host*, as it is now, beside the captures."""
        (self.out / "sockets.txt").write_text(self.network.run(host, "ss", "-tnpe"))

    def keep_nft(self, host: str) -> None:
        """Keep the rules of *host* as nft lists them beside the captures."""
        (self.out / "rules.txt").write_text(self.network.run(host, "nft", "list", "ruleset"))

    def keep_rules(self, host: str) -> None:
        """Keep the rules of *host* beside the captures, with their counters."""
        (self.out / "rules.txt").write_text(self.network.run(host, "iptables-save", "-c"))

    def _postfix(self, host: str, settings: Mapping[str, str]) -> mail.Postfix:
        folder = self.folder / f"postfix-{host}-{time.monotonic_ns()}"
        postfix = mail.Postfix(self.network, host, folder, settings)
        self._stack.callback(postfix.stop)
        return postfix
