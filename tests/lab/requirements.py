"""What the lab needs of the machine, in the words of Debian."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final

from tests.lab import unpacked

PROGRAMS: Final = {
    "ip": "iproute2",
    "iptables": "iptables",
    "nft": "nftables",
    "conntrack": "conntrack",
    "tcpdump": "tcpdump",
    "unbound": "unbound",
    "postconf": "postfix",
    "ethtool": "ethtool",
    "openssl": "openssl",
    "unshare": "util-linux",
    "sysctl": "procps",
}
OPTIONAL: Final = {"named": "bind9", "dnsmasq": "dnsmasq-base", "socat": "socat", "tayga": "tayga"}
"""What only some scenarios need; these are skipped, in words, without it."""


def missing() -> list[str]:
    """Reasons why the lab cannot run here; empty where it can."""
    reasons = [] if os.geteuid() == 0 else ["the lab makes network namespaces: it must be run as root"]
    reasons += lacking(PROGRAMS)
    absent = [name for name in ("/etc/resolv.conf", "/etc/hosts") if not Path(name).exists()]
    return reasons + [f"{name} is missing: each namespace lays its own over it" for name in absent]


def lacking(programs: Collection[str]) -> list[str]:
    """Say of each of *programs* that is neither installed nor unpacked how to have it."""
    servers = [name for name in programs if name in unpacked.PACKAGES]
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    packages = PROGRAMS | OPTIONAL
    absent = [name for name in programs if name not in servers and shutil.which(name, path=path) is None]
    return [f"{name} is missing: apt-get install {packages[name]}" for name in absent] + unpacked.lacking(servers)
