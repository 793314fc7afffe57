"""A proxy on the gateway, which takes the connections of others, run as a program there.

proxy.py ADDRESS PORT                       to where the kernel says that the connection was going (REDIRECT)
proxy.py ADDRESS PORT --transparent         the same for TPROXY: the socket itself bears the server's address
… --hide blank | remove                     and STARTTLS taken out of what the server says
… --to SERVER                               always to this one
"""

import argparse
import socket
import struct
import sys
import threading
from typing import Final

SO_ORIGINAL_DST: Final = 80
IP_TRANSPARENT: Final = 19
EDITS: Final = {
    "nothing": (b"STARTTLS", b"STARTTLS"),
    "blank": (b"STARTTLS", b"XXXXXXXX"),
    "remove": (b"250-STARTTLS\r\n", b""),
}


def meant(client: socket.socket, words: argparse.Namespace) -> str:
    """The address that the client wanted to reach."""
    if words.to:
        return str(words.to)
    if words.transparent:
        return str(client.getsockname()[0])
    return socket.inet_ntoa(struct.unpack_from("!HH4s", client.getsockopt(socket.SOL_IP, SO_ORIGINAL_DST, 16))[2])


def pour(source: socket.socket, sink: socket.socket, edit: tuple[bytes, bytes]) -> None:
    """Carry octets from one to the other until their end."""
    while octets := source.recv(65536):
        sink.sendall(octets.replace(*edit))
    sink.shutdown(socket.SHUT_WR)


def serve(client: socket.socket, words: argparse.Namespace) -> None:
    with client, socket.create_connection((meant(client, words), 25)) as upstream:
        back = threading.Thread(target=pour, args=(upstream, client, EDITS[words.hide]))
        back.start()
        pour(client, upstream, EDITS["nothing"])
        back.join()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("port", type=int)
    parser.add_argument("--transparent", action="store_true")
    parser.add_argument("--hide", choices=EDITS, default="nothing")
    parser.add_argument("--to")
    words = parser.parse_args()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if words.transparent:
            listener.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
        listener.bind((words.address, words.port))
        listener.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client, words), daemon=True).start()


if __name__ == "__main__":
    main()
