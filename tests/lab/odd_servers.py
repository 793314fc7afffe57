r"""A tiny SMTP server that does exactly what its table says, run as a program inside a namespace.

    odd_servers.py ADDRESS PORT '{"replies": {"RCPT": "451 4.7.1 later\r\n"}, "delays": {"CONNECT": 4}, "ends": {"DATA": "reset"}}'

Steps are CONNECT, the client's verbs, and END for the final dot. ``ends`` says how it misbehaves instead of replying.
``pause`` is how long, after 354, it reads nothing, with a receive window that is soon full.
``transparent``: it takes what TPROXY gives it.
"""

import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

CRLF: Final = b"\r\n"
SMALL_WINDOW: Final = 4096
IP_TRANSPARENT: Final = 19
NAME: Final = "mail.example.net"
REPLIES: Final[Mapping[str, str]] = {
    "CONNECT": f"220 {NAME} ESMTP\r\n",
    "EHLO": f"250-{NAME}\r\n250-SIZE 10240000\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n",
    "HELO": f"250 {NAME}\r\n",
    "MAIL": "250 2.1.0 Ok\r\n",
    "RCPT": "250 2.1.5 Ok\r\n",
    "DATA": "354 End data with <CR><LF>.<CR><LF>\r\n",
    "END": "250 2.0.0 Ok: queued as 4B6A51F2C9\r\n",
    "AUTH": "235 2.7.0 Authentication successful\r\n",
    "RSET": "250 2.0.0 Ok\r\n",
    "NOOP": "250 2.0.0 Ok\r\n",
    "QUIT": "221 2.0.0 Bye\r\n",
}


class Server:
    """The table, and one dialogue after the other led by it."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.replies = {**REPLIES, **table.get("replies", {})}
        self.delays = table.get("delays", {})
        self.ends = table.get("ends", {})
        self.pause = table.get("pause", 0)
        self.transparent = table.get("transparent", False)

    def talk(self, client: socket.socket) -> None:
        lines = client.makefile("rb")
        alive = self.take(client, lines, "CONNECT")
        while alive:
            line = lines.readline()
            verb = line[:4].decode("ascii", "replace").upper()
            alive = bool(line) and self.take(client, lines, verb)
            if alive and verb == "DATA":
                time.sleep(self.pause)
                alive = read_mail_data(lines) and self.take(client, lines, "END")
        client.close()

    def take(self, client: socket.socket, lines: BinaryIO, step: str) -> bool:
        """Take one step; tell whether the dialogue goes on."""
        time.sleep(self.delays.get(step, 0))
        if step in self.ends:
            misbehave(client, lines, self.ends[step])
            return False
        client.sendall(self.replies.get(step, "500 5.5.2 Error: command not recognized\r\n").encode("latin-1"))
        return step not in ("QUIT", "GET ")


def read_mail_data(lines: BinaryIO) -> bool:
    return any(line == b"." + CRLF for line in iter(lines.readline, b""))


def misbehave(client: socket.socket, lines: BinaryIO, how: str) -> None:
    if how == "reset":
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        lines.close()
    elif how == "close":
        client.shutdown(socket.SHUT_WR)
        lines.read()
    elif how == "silent":
        lines.read()
    else:
        raise ValueError(how)


def main() -> None:
    address, port, table = sys.argv[1:]
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = Server(json.loads(table))
    with socket.create_server((address, int(port)), family=family) as listener:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        if server.transparent:
            listener.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
        if server.pause:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_WINDOW)
        while True:
            client, _ = listener.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=server.talk, args=(client,), daemon=True).start()


if __name__ == "__main__":
    main()
