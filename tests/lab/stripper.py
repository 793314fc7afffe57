"""A proxy that hides STARTTLS, run as a program on the gateway, which redirects connections into it.

stripper.py ADDRESS PORT SERVER
"""

import socket
import sys
import threading

HIDDEN = (b"STARTTLS", b"XXXXXXXX")


def pour(source: socket.socket, sink: socket.socket) -> None:
    """Carry octets from one to the other until their end, with STARTTLS blanked out."""
    while octets := source.recv(65536):
        sink.sendall(octets.replace(*HIDDEN))
    sink.shutdown(socket.SHUT_WR)


def serve(client: socket.socket, server: str) -> None:
    with client, socket.create_connection((server, 25)) as upstream:
        back = threading.Thread(target=pour, args=(upstream, client))
        back.start()
        pour(client, upstream)
        back.join()


def main() -> None:
    address, port, server = sys.argv[1:]
    with socket.create_server((address, int(port))) as listener:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client, server), daemon=True).start()


if __name__ == "__main__":
    main()
