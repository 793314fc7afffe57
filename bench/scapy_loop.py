"""``python -m bench.scapy_loop FILE``: scapy's reader, which dissects every packet, DNS included."""

import sys
from pathlib import Path

from scapy.layers.dns import DNS
from scapy.utils import PcapReader


def decoded(path: Path) -> tuple[int, int]:
    """Give the number of packets, and of DNS messages among them."""
    packets = messages = 0
    with PcapReader(str(path)) as reader:
        for packet in reader:
            packets += 1
            messages += DNS in packet
    return packets, messages


if __name__ == "__main__":
    sys.stdout.write(f"{decoded(Path(sys.argv[1]))}\n")
