"""What is around a log line: RFC 3164, RFC 5424, journald's JSON, multilog's stamp, a plain file."""

import json
import re
from datetime import tzinfo
from typing import Any, NamedTuple

from wiretruth.model.log import LogTime
from wiretruth.octets import printable
from wiretruth.witnesses._entry import NO_TIME, Entry
from wiretruth.witnesses._secrets import withheld
from wiretruth.witnesses._stamps import ISO, SYSLOG, TAI64N, Stamps

MAX_LINE = 16_384
"""Octets looked at of one line: RFC 5424 §6.1 asks for 2,048, journald cuts at 49,152 and mail software writes far less."""

_JOURNAL_FIELDS = 65_536
"""Octets of a journald record: its many fields stand around the message."""

_STAMP = re.compile(rf"(?:<\d{{1,3}}>)?({SYSLOG}|{ISO}|{TAI64N}) +")
_RFC5424 = re.compile(r"<\d{1,3}>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} ")
_TAG = re.compile(r"(?:(\S{1,255}) )??([^\s:\[\]]{1,64})(?:\[(\d{1,10})\])?:(?: |$)")
_EPOCH = re.compile(r"(\d{9,12})\.(\d{1,9}) ")
"""How qmail's splogger begins a message."""


_MAX_PROGRAMS = 1_024
"""Programs recognised without reading the whole envelope: a system has some hundred that write to its log."""

_LONGEST_TAG, _LONGEST_PID, _LONGEST_HEAD = 65, 13, 400


class Head(NamedTuple):
    """How a line of syslog begins that was written in the same second and by the same host as one before."""

    time: LogTime
    host: str
    program: str
    pid: bytes
    text: int
    """Where the text begins."""


class Envelopes:
    """Opens envelopes."""

    def __init__(self, near: int, zone: tzinfo | None = None) -> None:
        """See :class:`Stamps`."""
        self._stamps = Stamps(near, zone)
        self._begins = b"\n"
        """Time and host of the last line of RFC 3164; no line begins with this."""
        self._time, self._host = NO_TIME, ""
        self._is_plain = False
        """It is the mail software's own file: there is nothing but the time before the text."""
        self._programs: dict[bytes, str] = {}

    def head(self, line: bytes) -> Head | None:
        """Recognise a line that begins like the last one: most lines of a busy log do."""
        if not line.startswith(self._begins):
            return None
        begin = len(self._begins)
        if self._is_plain:
            unlike = line.startswith(b" ", begin) or line.find(b"]:", begin, begin + _LONGEST_HEAD) >= 0
            return None if unlike else Head(self._time, "", "", b"", begin)
        opening = line.find(b"[", begin, begin + _LONGEST_TAG)
        program = self._programs.get(line[begin:opening])
        closing = line.find(b"]: ", opening, opening + _LONGEST_PID)
        if program is None or closing < 0:
            return None
        return Head(self._time, self._host, program, line[opening + 1 : closing], closing + 3)

    def open(self, number: int, line: bytes) -> Entry:
        """Give what a line holds, secrets withheld; one without a known envelope is all text. Never raises."""
        entry = self._opened(number, line)
        text = withheld(entry.text)
        return entry if text is entry.text else entry._replace(text=text)

    def _opened(self, number: int, line: bytes) -> Entry:
        if line[:1] == b"{":
            return self._journal(number, line)
        if (head := self.head(line)) is not None and (head.pid.isdigit() or not head.program):
            text = printable(line[head.text : MAX_LINE], MAX_LINE)
            entry = Entry(number, head.time, head.host, head.program, head.pid.decode(), text)
            return self._inner(entry) if head.program else entry
        text = printable(line[:MAX_LINE], MAX_LINE)
        found = _STAMP.match(text)
        if found is None:
            return self._rfc5424(number, text)
        time = self._stamps.read(found[1])
        rest = text[found.end() :]
        tag = _TAG.match(rest)
        if tag is None or (tag[3] is None and found[1][0] != "<" and not _is_syslog(found[1])):
            self._begin_plainly(line, time)
            return Entry(number, time, "", "", "", rest)
        entry = Entry(number, time, tag[1] or "", tag[2], tag[3] or "", rest[tag.end() :])
        if entry.pid and entry.host and line[:1].isalpha():
            self._begin_with(line, entry)
        return self._inner(entry)

    def _begin_with(self, line: bytes, entry: Entry) -> None:
        """Remember how a line begins: its octets up to the host are those of the text, if they are all plain ASCII."""
        begins = f"{entry.time.written} {entry.host} "
        tag = f"{begins}{entry.program}["
        if tag.isascii() and line.startswith(tag.encode()) and len(self._programs) < _MAX_PROGRAMS:
            self._begins, self._is_plain = begins.encode(), False
            self._time, self._host = entry.time, entry.host
            self._programs[entry.program.encode()] = entry.program

    def _begin_plainly(self, line: bytes, time: LogTime) -> None:
        begins = f"{time.written} ".encode()
        if time is not NO_TIME and line[:1].isdigit() and line.startswith(begins):
            self._begins, self._is_plain, self._time = begins, True, time

    def _inner(self, entry: Entry) -> Entry:
        """A message that begins with its own, finer time."""
        found = _EPOCH.match(entry.text) if entry.text[:1].isdigit() else None
        if found is None:
            return entry
        return entry._replace(time=self._stamps.epoch(found[1], found[2]), text=entry.text[found.end() :])

    def _rfc5424(self, number: int, text: str) -> Entry:
        found = _RFC5424.match(text)
        if found is None:
            return Entry(number, NO_TIME, "", "", "", text)
        host, program, pid = (part if part != "-" else "" for part in found.groups()[1:])
        message = _after_structured_data(text[found.end() :]).removeprefix("\\xef\\xbb\\xbf")
        return self._inner(Entry(number, self._stamps.read(found[1]), host, program, pid, message))

    def _journal(self, number: int, line: bytes) -> Entry:
        try:
            record: Any = json.loads(line[:_JOURNAL_FIELDS])
            stamp = str(record.get("_SOURCE_REALTIME_TIMESTAMP") or record.get("__REALTIME_TIMESTAMP") or "")
            message = _octets(record.get("MESSAGE"))
        except (ValueError, AttributeError, RecursionError):
            return Entry(number, NO_TIME, "", "", "", printable(line[:MAX_LINE], MAX_LINE))
        known = stamp.isascii() and stamp.isdigit() and 10 < len(stamp) < 19  # noqa: PLR2004 - microseconds
        time = self._stamps.epoch(stamp[:-6], stamp[-6:]) if known else NO_TIME
        host, program, pid = (_text(record.get(key)) for key in ("_HOSTNAME", "SYSLOG_IDENTIFIER", "_PID"))
        return self._inner(Entry(number, time, host, program, pid, printable(message[:MAX_LINE], MAX_LINE)))


def _is_syslog(stamp: str) -> bool:
    """A month's name, or RFC 3339 with its T: what syslog daemons write. Mail software's own files have neither."""
    return stamp[0].isalpha() or stamp[10:11] == "T"


def _after_structured_data(text: str) -> str:
    """RFC 5424 §6.3: ``-``, or elements in brackets whose quoted values may hold brackets."""
    if text.startswith("- ") or text == "-":
        return text[2:]
    inside = quoting = False
    for position, character in enumerate(text):
        if character == '"' and text[position - 1] != "\\":
            quoting = not quoting
        elif not quoting and character in "[]":
            inside = character == "["
        elif not inside and character == " ":
            return text[position + 1 :]
    return ""


def _octets(message: object) -> bytes:
    """The journal gives a message that is not UTF-8 as a list of octets."""
    if isinstance(message, list):
        return bytes(octet for octet in message if isinstance(octet, int) and 0 <= octet < 256)  # noqa: PLR2004
    return message.encode("utf-8", "surrogatepass") if isinstance(message, str) else b""


def _text(value: object) -> str:
    return printable(str(value if value is not None else "").encode("utf-8", "surrogatepass"), 255)
