"""The network: a mail server behind a gateway, a router, and the hosts beyond it, each in a namespace of its own.

mta eth0 -- lan0 gw wan0 -- wan0 rt -- eth0 of mx1, mx2, ns1, ns2, alt, out. Nothing leads out of it.
"""

import contextlib
import itertools
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tests.lab.shell import LabError, run

_serial = itertools.count()


class Address(NamedTuple):
    """The addresses of one host."""

    v4: str
    v6: str


HOSTS: Final[Mapping[str, Address]] = {
    "mta": Address("10.10.0.5", "2001:db8:10::5"),
    "mx1": Address("198.51.100.10", "2001:db8:100::10"),
    "mx2": Address("198.51.100.20", "2001:db8:100::20"),
    "ns1": Address("198.51.100.53", "2001:db8:100::53"),
    "ns2": Address("198.51.100.54", "2001:db8:100::54"),
    "alt": Address("192.0.2.66", "2001:db8:200::66"),
    "out": Address("192.0.2.99", "2001:db8:200::99"),
}
GATEWAY: Final = Address("10.10.0.1", "2001:db8:10::1")
GATEWAY_OUTSIDE: Final = Address("203.0.113.1", "2001:db8:113::1")
ROUTER: Final = Address("203.0.113.254", "2001:db8:113::fe")
ROUTER_INSIDE: Final = Address("198.51.100.1", "2001:db8:100::1")

ENTER: Final = (
    'hostname "$0"; for f in resolv.conf hosts; do mount --bind "$1/$f" "/etc/$f" || exit 1; done; shift; exec "$@"'
)
"""``ip netns exec`` gives a private mount table, so the host's own files stay as they are."""

CALM_IPV6: Final = {
    "net.ipv6.conf.all.accept_dad": "0",
    "net.ipv6.conf.default.accept_dad": "0",
    "net.ipv6.conf.default.accept_ra": "0",
}
FORWARD: Final = {"net.ipv4.ip_forward": "1", "net.ipv6.conf.all.forwarding": "1"}


class Network:
    """Namespaces with names of this run only, and the links between them."""

    def __init__(self, folder: Path, cables: int = 0) -> None:
        """*cables*: userland cables between mta and gw (see cable.py); two make a trunk in the middle."""
        self._folder = folder
        self._tag = f"wt{os.getpid()}x{next(_serial)}"
        self.cables = tuple(f"cab{n}" for n in range(1, cables + 1))
        self._added = contextlib.ExitStack()

    def namespace(self, host: str) -> str:
        return f"{self._tag}-{host}"

    def up(self) -> None:
        for host in (*HOSTS, "gw", "rt", *self.cables):
            run("ip", "netns", "add", self.namespace(host))
            self._added.callback(run, "ip", "netns", "del", self.namespace(host))
            self._private_etc(host)
            self.sysctl(host, CALM_IPV6 | (FORWARD if host in ("gw", "rt") else {}))
        run("ip", "-batch", "-", text="\n".join(self._links()) + "\n")
        for host, lines in self._addresses().items():
            run("ip", "-n", self.namespace(host), "-batch", "-", text="\n".join(["link set lo up", *lines]) + "\n")

    def down(self) -> None:
        """Take away what was added, whatever of it is there."""
        self._added.close()

    def enter(self, host: str, *command: str) -> list[str]:
        """The command line that runs *command* inside *host*, with its own name, resolver and hosts file."""
        inside = ["ip", "netns", "exec", self.namespace(host), "unshare", "--uts", "sh", "-c", ENTER]
        return [*inside, host, str(self._etc(host)), *command]

    def run(self, host: str, *command: str, text: str | None = None) -> str:
        return run("ip", "netns", "exec", self.namespace(host), *command, text=text)

    def sysctl(self, host: str, settings: Mapping[str, str]) -> None:
        self.run(host, "sysctl", "-qw", *(f"{key}={value}" for key, value in settings.items()))

    def resolvers(self, host: str, addresses: Iterable[str], options: str = "timeout:2 attempts:2") -> None:
        lines = [f"nameserver {address}" for address in addresses]
        (self._etc(host) / "resolv.conf").write_text("\n".join([*lines, f"options {options}", ""]))

    def hosts_file(self, host: str, lines: str) -> None:
        (self._etc(host) / "hosts").write_text(f"127.0.0.1 localhost\n::1 localhost\n{lines}")

    def plain_segments(self, host: str, interface: str) -> None:
        """Switch off segmentation and checksum offload: one frame in the capture is one frame on the wire."""
        self.run(host, "ethtool", "-K", interface, "tso", "off", "gso", "off", "gro", "off", "tx", "off")

    def _etc(self, host: str) -> Path:
        return self._folder / "etc" / host

    def _private_etc(self, host: str) -> None:
        self._etc(host).mkdir(parents=True)
        self.resolvers(host, [HOSTS["ns1"].v4])
        self.hosts_file(host, "")

    def _links(self) -> list[str]:
        chain = [("mta", "eth0"), *((c, side) for c in self.cables for side in ("left", "right")), ("gw", "lan0")]
        pairs = [(chain[n], chain[n + 1]) for n in range(0, len(chain), 2)]
        pairs.append((("gw", "wan0"), ("rt", "wan0")))
        pairs += [(("rt", host), (host, "eth0")) for host in HOSTS if host != "mta"]
        if len(chain) % 2:
            raise LabError(f"a link with one end: {chain}")
        return [
            f"link add {a[1]} netns {self.namespace(a[0])} type veth peer name {b[1]} netns {self.namespace(b[0])}"
            for a, b in pairs
        ]

    def _addresses(self) -> dict[str, list[str]]:
        lines = {
            "mta": _end("eth0", HOSTS["mta"], "24", "64") + _default("eth0", GATEWAY),
            "gw": _end("lan0", GATEWAY, "24", "64")
            + _end("wan0", GATEWAY_OUTSIDE, "24", "64")
            + _default("wan0", ROUTER),
            "rt": [
                *_end("wan0", ROUTER, "24", "64"),
                f"route add 10.10.0.0/24 via {GATEWAY_OUTSIDE.v4}",
                f"route add 2001:db8:10::/64 via {GATEWAY_OUTSIDE.v6}",
            ],
        }
        for host, address in HOSTS.items():
            if host != "mta":
                lines["rt"] += _end(host, ROUTER_INSIDE, "32", "128") + _towards(host, address)
                lines[host] = _end("eth0", address, "32", "128") + _towards("eth0", ROUTER_INSIDE)
                lines[host] += _default("eth0", ROUTER_INSIDE)
        for cable in self.cables:
            lines[cable] = ["link set left up", "link set right up"]
        return lines


def _end(interface: str, address: Address, bits4: str, bits6: str) -> list[str]:
    return [
        f"addr add {address.v4}/{bits4} dev {interface}",
        f"addr add {address.v6}/{bits6} dev {interface} nodad",
        f"link set {interface} up",
    ]


def _towards(interface: str, address: Address) -> list[str]:
    return [f"route add {address.v4} dev {interface}", f"route add {address.v6} dev {interface}"]


def _default(interface: str, via: Address) -> list[str]:
    return [f"route add default via {via.v4} dev {interface}", f"route add default via {via.v6} dev {interface}"]
