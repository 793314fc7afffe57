"""A syslog daemon for one namespace: what is written to /dev/log, in a file as rsyslog writes it.

syslog.py FILE HOST traditional|precise PROGRAM WORDS…      starts the program when it listens
"""

import os
import re
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

RAW: Final = re.compile(rb"<\d{1,3}>([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) ")
"""What syslog(3) puts before a message: its priority and the time, no host."""


def line(datagram: bytes, host: str, style: str) -> bytes:
    """Give the line that rsyslog makes of a datagram: RSYSLOG_TraditionalFileFormat, or RSYSLOG_FileFormat."""
    raw = RAW.match(datagram)
    stamp = raw[1] if raw else b""
    if style == "precise":
        stamp = datetime.now(UTC).isoformat(timespec="microseconds").encode()
    text = datagram[raw.end() :] if raw else datagram
    return b"%b %b %b\n" % (stamp, host.encode(), text.rstrip(b"\0\n"))


def main() -> None:
    file, host, style, *command = sys.argv[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log, Path(file).open("ab", buffering=0) as out:
        log.bind("/dev/log")
        os.chmod("/dev/log", 0o666)  # noqa: PTH101, S103 - every user of the namespace logs
        subprocess.Popen(command)
        while True:
            out.write(line(log.recv(65536), host, style))


if __name__ == "__main__":
    main()
