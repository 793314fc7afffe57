"""``python -m bench.dpkt_loop FILE``: the loop that everybody writes first, every packet decoded, DNS included."""

import sys
from pathlib import Path
from typing import Final

import dpkt

DNS: Final = 53


def decoded(path: Path) -> tuple[int, int]:
    """Give the number of packets, and of DNS messages among them."""
    packets = messages = 0
    with path.open("rb") as file:
        for _, frame in dpkt.pcap.Reader(file):
            packets += 1
            transport = getattr(dpkt.ethernet.Ethernet(frame).data, "data", None)
            if isinstance(transport, dpkt.udp.UDP) and DNS in (transport.sport, transport.dport):
                dpkt.dns.DNS(transport.data)
                messages += 1
    return packets, messages


if __name__ == "__main__":
    sys.stdout.write(f"{decoded(Path(sys.argv[1]))}\n")
