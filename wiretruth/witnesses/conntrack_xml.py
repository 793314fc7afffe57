"""Connection tracking in XML: ``conntrack -L -o xml`` and ``conntrack -E -o xml``.

The format declares no document type and no entity; a file that does is not read on: expat would otherwise expand what
grows without bound.

Source: libnetfilter_conntrack src/conntrack/snprintf_xml.c.
"""

from ipaddress import ip_address
from typing import Final
from xml.parsers import expat

from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.translation import FlowTuple, Translation

KIND: Final = "conntrack"
FORMAT: Final = "conntrack -o xml"

MAX_DEPTH = 16
"""Elements within each other; the format has five."""
MAX_FLOW_FACTS = 64
"""Values kept of one entry; the format has some thirty."""
MAX_VALUE = 64
"""Characters of a value; the longest is an IPv6 address."""
MAX_SILENCE = 1 << 16
"""Characters without the beginning or the end of an element; the format has some 40, and expat keeps what is unfinished."""

_BEGINNINGS: Final = ("<?xml", "<conntrack>", "<flow>", "<flow ")


class Reader:
    """Reads entries as they are completed; keeps one at a time."""

    def __init__(self, source: str) -> None:
        """Begin a file; *source* as the user named it."""
        self._source = source
        self._parser: expat.XMLParserType | None = None
        self._damaged = False
        self._path: list[str] = []
        self._direction = ""
        self._silence = 0
        self._facts: dict[str, str] = {}
        self._found: list[Translation] = []

    def receive(self, line: str, number: int) -> tuple[Translation, ...] | None:
        """Take a line; give the entries that it completes, or ``None`` where it does not belong to such a document."""
        if self._parser is None and not line.lstrip().startswith(_BEGINNINGS):
            return None
        if self._damaged:
            return None
        try:
            self._feed(line, number)
        except (expat.ExpatError, _ForeignError):
            self._damaged = True
        found, self._found = tuple(self._found), []
        return None if self._damaged and not found else found

    def finish(self) -> tuple[Translation, ...]:
        """End the file: an entry that is not complete claims nothing."""
        return ()

    def _feed(self, line: str, number: int) -> None:
        if self._parser is None:
            self._parser = self._made()
            if not line.lstrip().startswith(_BEGINNINGS[:2]):
                self._parser.Parse("<conntrack>", False)
        self._number = number
        self._silence += len(line)
        if self._silence > MAX_SILENCE + len(line):
            raise _ForeignError
        self._parser.Parse(f"{line}\n", False)

    def _made(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= MAX_DEPTH:
            raise _ForeignError
        self._silence = 0
        self._path.append(name)
        if name == "flow":
            self._facts = {"event": attributes.get("type", "")}
        elif name == "meta":
            self._direction = attributes.get("direction", "")
        elif name == "layer4":
            self._keep("protocol", attributes.get("protonum", ""))
        elif name in ("assured", "unreplied"):
            self._keep(name, name.upper())

    def _text(self, text: str) -> None:
        if self._path and (text := text.strip()):
            self._keep(f"{self._direction} {self._path[-1]}", text)

    def _keep(self, name: str, value: str) -> None:
        if len(self._facts) < MAX_FLOW_FACTS:
            self._facts[name[:MAX_VALUE]] = value[:MAX_VALUE]

    def _end(self, name: str) -> None:
        self._silence = 0
        self._path.pop()
        if name == "flow":
            translation = self._translation()
            if translation is not None:
                self._found.append(translation)

    def _translation(self) -> Translation | None:
        facts = self._facts
        try:
            protocol = int(facts["protocol"])
            original, reply = self._tuple("original"), self._tuple("reply")
        except (KeyError, ValueError):
            return None
        if protocol not in (TCP, UDP):
            return None
        return Translation(
            source=self._source,
            line=self._number,
            protocol=protocol,
            original=original,
            reply=reply,
            state=facts.get("independent state"),
            flags=tuple(facts[flag] for flag in ("assured", "unreplied") if flag in facts),
            event=facts["event"].upper() or None,
            timeout=_number(facts.get("independent timeout")),
            mark=_number(facts.get("independent mark")),
        )

    def _tuple(self, direction: str) -> FlowTuple:
        source, destination = (str(ip_address(self._facts[f"{direction} {side}"])) for side in ("src", "dst"))
        near, far = (int(self._facts[f"{direction} {side}"]) for side in ("sport", "dport"))
        return FlowTuple(Endpoint(source, near), Endpoint(destination, far))


class _ForeignError(Exception):
    """The document holds what the format never does."""


def _refuse(*_declaration: object) -> None:
    raise _ForeignError


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
