"""One session of Exchange's send protocol log: commands and replies as they were written down, and what came of them."""

import re
from collections import deque

from wiretruth.model.log import Claim, Ending, LoggedDelivery, LogLine, Status
from wiretruth.model.packet import Endpoint

MAX_COMMANDS = 1_000
"""Commands of a session whose replies are awaited: more than any sender has under way."""

_PATH = re.compile(r"(MAIL FROM|RCPT TO):\s?<([^>]*)>", re.IGNORECASE)
_REPLY = re.compile(r"([2-5])\d\d(?: |$)")
_WINSOCK = re.compile(r"(?:Winsock error code:|Socket error) ?(\d{4,5})")
_ENDINGS = {
    "10061": Ending.REFUSED,
    "10060": Ending.TIMED_OUT,
    "10065": Ending.UNREACHABLE,
    "10051": Ending.UNREACHABLE,
    "10013": Ending.UNREACHABLE,
    "10054": Ending.LOST,
    "10053": Ending.LOST,
}
"""Windows Sockets error codes."""
_BY_CLASS = {"2": Status.SENT, "4": Status.DEFERRED, "5": Status.BOUNCED}


class Session:
    """What a session has said so far."""

    def __init__(self, remote: Endpoint | None, local: Endpoint | None) -> None:
        self.remote = remote
        self.local = local
        self._sender: str | None = None
        self._accepted: list[str] = []
        self._awaiting: deque[tuple[str, str]] = deque(maxlen=MAX_COMMANDS)

    def hear(self, event: str, data: str, context: str, line: LogLine) -> tuple[Claim, ...]:
        """Take one line of the log.

        Args:
            event: ``>`` sent, ``<`` received, ``*`` information.
            data: what was sent or received.
            context: what the software says about it.
            line: to quote.
        """
        if event == ">":
            self._sent(data)
        elif event == "<" and (found := _REPLY.match(data)):
            return self._replied(found[1], data, line)
        elif event == "*" and (code := _WINSOCK.search(context or data)) and code[1] in _ENDINGS:
            return (self._claim(line, Status.TRIED, None, ending=_ENDINGS[code[1]]),) if self.remote else ()
        return ()

    def _sent(self, data: str) -> None:
        path = _PATH.match(data)
        verb = data[:4].upper()
        if path is not None:
            self._awaiting.append((verb, path[2]))
        elif verb == "BDAT" and not data.upper().rstrip().endswith("LAST"):
            self._awaiting.append(("", ""))
        else:
            self._awaiting.append((verb, ""))

    def _replied(self, kind: str, data: str, line: LogLine) -> tuple[Claim, ...]:
        if not self._awaiting:
            return ()  # the greeting
        verb, path = self._awaiting.popleft()
        if verb == "MAIL":
            self._sender, self._accepted = path, []
        elif verb == "RCPT" and kind == "2":
            if len(self._accepted) < MAX_COMMANDS:
                self._accepted.append(path)
        elif verb == "RCPT" and kind in _BY_CLASS:
            return (self._claim(line, _BY_CLASS[kind], path, reply=data),)
        elif verb == "DATA" and kind == "3":
            self._awaiting.appendleft(("DATA", ""))
        elif verb in ("DATA", "BDAT") and kind in _BY_CLASS:
            ended, self._accepted = self._accepted, []
            return tuple(self._claim(line, _BY_CLASS[kind], recipient, reply=data) for recipient in ended)
        return ()

    def _claim(
        self,
        line: LogLine,
        status: Status,
        recipient: str | None,
        *,
        reply: str | None = None,
        ending: Ending | None = None,
    ) -> LoggedDelivery:
        address, port = self.remote or (None, None)
        return LoggedDelivery(
            line, "", status, self._sender, recipient, None, address, port, self.local, reply=reply, ending=ending
        )
