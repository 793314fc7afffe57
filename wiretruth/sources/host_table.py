"""What is gathered of a host, as a table: each item is one command, or one file that is copied. Nothing here runs.

A command is asked only where the part of the kernel that answers is there already: several of these tools make the kernel
load a module by merely asking.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

BEFORE: Final = "before"
AFTER: Final = "after"
"""Folders of the two times that the tables are read: around the capture."""

NF_TABLES: Final = "nf_tables"
CTNETLINK: Final = "nf_conntrack_netlink"
TCP_DIAG: Final = "tcp_diag"
LEGACY_4: Final = "tables in /proc/net/ip_tables_names"
LEGACY_6: Final = "tables in /proc/net/ip6_tables_names"
NFT_4: Final = "nft tables of IPv4"
NFT_6: Final = "nft tables of IPv6"

SYMBOLS: Final = {NF_TABLES: b" nf_tables_", CTNETLINK: b" ctnetlink_", TCP_DIAG: b" tcp_diag_"}
"""How the kernel's own list of symbols tells that a part is there, built in or loaded."""

MAX_INTERFACES: Final = 64
"""Interfaces whose offloads are asked for: a host of containers has thousands of them, all alike."""

NO_HISTORY: Final = "nstat-history"
"""nstat tells differences to this file, and would write it without ``-s``; it is never there."""


class Item(NamedTuple):
    """One thing to gather."""

    file: str
    """The name of the file that it is written to."""
    words: tuple[str, ...] = ()
    """The command; none: a file is copied."""
    path: str = ""
    """The file that is copied."""
    needs: tuple[str, ...] = ()
    """Parts of the kernel, one of which must be there; none: it may always be asked."""
    option: str = ""
    """The option of ``wiretruth read`` that takes it."""
    unless: str = ""
    """File of the item that makes it superfluous for ``wiretruth read``."""


def items(interfaces: Iterable[str]) -> Iterator[Item]:
    """List what is gathered, what passes soonest first.

    Args:
        interfaces: names of the host's network interfaces.
    """
    yield from _PASSING
    yield from _RULES
    yield from _LASTING
    for name in sorted(interfaces)[:MAX_INTERFACES]:
        yield _asked(f"ethtool-k-{name}.txt", f"ethtool -k {name}")


def _asked(file: str, command: str, *needs: str, option: str = "", unless: str = "") -> Item:
    return Item(file, tuple(command.split()), "", needs, option, unless)


def _copied(path: str, option: str = "", unless: str = "") -> Item:
    return Item(path.strip("/").replace("/", "-"), (), path, (), option, unless)


_PASSING: Final = (
    _asked("date.txt", "date +%Y-%m-%dT%H:%M:%S.%N%:z"),
    _asked("conntrack.txt", "conntrack -L -f ipv4", CTNETLINK, option="conntrack"),
    _asked("conntrack6.txt", "conntrack -L -f ipv6", CTNETLINK, option="conntrack"),
    _copied("/proc/net/nf_conntrack", "conntrack", "conntrack.txt"),
    _asked("ss.txt", "ss -tnpe", TCP_DIAG, option="sockets"),
    _copied("/proc/net/tcp", "sockets", "ss.txt"),
    _copied("/proc/net/tcp6", "sockets", "ss.txt"),
    _asked("nstat.txt", "nstat -a -s"),
)

_RULES: Final = (
    _asked("iptables-save.txt", "iptables-save -c", LEGACY_4, NFT_4, option="rules"),
    _asked("ip6tables-save.txt", "ip6tables-save -c", LEGACY_6, NFT_6, option="rules"),
    _asked("iptables-legacy-save.txt", "iptables-legacy-save -c", LEGACY_4, option="rules"),
    _asked("ip6tables-legacy-save.txt", "ip6tables-legacy-save -c", LEGACY_6, option="rules"),
    _asked("nft.txt", "nft -a list ruleset", NF_TABLES, option="rules"),
    _asked("nft.json", "nft -j list ruleset", NF_TABLES, option="rules", unless="nft.txt"),
)

_LASTING: Final = (
    _asked("route-v4.txt", "ip -4 -d route show table all"),
    _asked("route-v6.txt", "ip -6 -d route show table all"),
    _asked("rule-v4.txt", "ip -4 rule"),
    _asked("rule-v6.txt", "ip -6 rule"),
    _asked("link.txt", "ip -d link"),
    _asked("addr.txt", "ip addr"),
    _copied("/etc/resolv.conf"),
    _copied("/etc/nsswitch.conf"),
    _copied("/etc/hosts"),
    _asked("uname.txt", "uname -a"),
    _asked("chrony.txt", "chronyc -n tracking"),
)
