"""Who is the client, and who the server."""

from wiretruth.model.packet import Endpoint, TcpFlag

SERVER_PORTS = frozenset({25, 53, 465, 587, 2525})
"""Where neither SYN nor SYN-ACK was seen, the side with one of these ports is taken for the server."""

_SYN, _ACK = int(TcpFlag.SYN), int(TcpFlag.ACK)


def roles(flags: int, source: Endpoint, destination: Endpoint) -> tuple[Endpoint, Endpoint]:
    """Tell client and server: by SYN and SYN-ACK, else by a server's port, else the lower port serves.

    Args:
        flags: of the first packet.
        source: that sent it.
        destination: of it.
    """
    if flags & _SYN:
        return (destination, source) if flags & _ACK else (source, destination)
    serving = [e for e in (source, destination) if e.port in SERVER_PORTS]
    server = serving[0] if len(serving) == 1 else min(source, destination, key=lambda e: (e.port, e.address))
    return (source, destination) if server == destination else (destination, source)
