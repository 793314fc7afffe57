"""What may hold a packet in a packet, and is left to ``wire``: by IP protocol and by UDP destination port."""

import numpy as np

from wiretruth.columns.view import Numbers, Truths

PROTOCOLS = (4, 41, 47, 50, 51)
"""IPv4, IPv6, GRE, ESP and the authentication header, inside IP."""
PORTS = (1701, 2152, 4789, 4790, 6081, 8472)
"""L2TP, GTP-U, VXLAN and its generic extension, Geneve, and VXLAN again, where Linux had it first."""

_PLAIN_PROTOCOLS = ~np.isin(np.arange(256), PROTOCOLS)
_PLAIN_PORTS = ~np.isin(np.arange(1 << 16), PORTS)


def plain_packets(protocol: Numbers) -> Truths:
    """Tell which packets hold no other packet, by their IP protocol."""
    return _PLAIN_PROTOCOLS[protocol]


def plain_datagrams(destination_port: Numbers) -> Truths:
    """Tell which datagrams hold no packet, by where they go."""
    return _PLAIN_PORTS[destination_port]
