"""A greylisting policy server for Postfix (SMTPD_POLICY_README), run as a program inside a namespace.

policy.py PORT SECONDS REPLY       a triplet that has not waited SECONDS since it was first seen gets REPLY
"""

import socketserver
import sys
import time
from typing import Final

SEEN: Final[dict[tuple[str, str, str], float]] = {}


def action(asked: dict[str, str], seconds: float, reply: str) -> str:
    triplet = (asked.get("client_address", ""), asked.get("sender", ""), asked.get("recipient", ""))
    first = SEEN.setdefault(triplet, time.monotonic())
    return "dunno" if time.monotonic() - first >= seconds else reply


class Handler(socketserver.StreamRequestHandler):
    """Attributes a line, an empty line, an answer; over and over on one connection."""

    def handle(self) -> None:
        asked: dict[str, str] = {}
        for raw in self.rfile:
            key, equals, value = raw.decode().rstrip("\n").partition("=")
            if equals:
                asked[key] = value
                continue
            self.wfile.write(f"action={action(asked, float(sys.argv[2]), sys.argv[3])}\n\n".encode())
            asked = {}


def main() -> None:
    socketserver.ThreadingTCPServer.daemon_threads = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Handler) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
