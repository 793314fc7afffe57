"""What the lab needs of the machine, in the words of Debian."""

import os
import shutil
from pathlib import Path
from typing import Final

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


def missing() -> list[str]:
    """Reasons why the lab cannot run here; empty where it can."""
    reasons = [] if os.geteuid() == 0 else ["the lab makes network namespaces: it must be run as root"]
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    for program, package in PROGRAMS.items():
        if shutil.which(program, path=path) is None:
            reasons.append(f"{program} is missing: apt-get install {package}")
    absent = [name for name in ("/etc/resolv.conf", "/etc/hosts") if not Path(name).exists()]
    return reasons + [f"{name} is missing: each namespace lays its own over it" for name in absent]
