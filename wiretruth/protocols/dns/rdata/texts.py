"""TXT and SPF (RFC 1035 §3.3.14, RFC 7208 §3.1) and CAA (RFC 8659 §4.1)."""

from wiretruth.protocols.dns.damage import FormatError
from wiretruth.protocols.dns.names import Names

_TEXT = range(0x20, 0x7F)
_CHARACTERS = tuple(
    f"\\{chr(code)}" if code in b'"\\' else chr(code) if code in _TEXT else f"\\{code:03d}" for code in range(256)
)


def quoted(octets: bytes) -> str:
    r"""Give a character-string in quotation marks: ``\"`` and ``\\`` for these two, ``\DDD`` for what is not ASCII text."""
    return '"' + "".join(map(_CHARACTERS.__getitem__, octets)) + '"'


def _txt(names: Names, start: int, end: int) -> tuple[str, None, None]:
    strings = []
    while start < end:
        behind = start + 1 + names.octets[start]
        if behind > end:
            raise FormatError(start, "a character-string within the rdata", f"{behind - end} octets too many")
        strings.append(quoted(names.octets[start + 1 : behind]))
        start = behind
    if not strings:
        raise FormatError(start, "a character-string", "no octets")
    return " ".join(strings), None, None


def _caa(names: Names, start: int, end: int) -> tuple[str, None, None]:
    octets = names.octets
    behind = start + 2 + octets[start + 1] if end - start > 1 else end + 1
    tag = octets[start + 2 : behind]
    if not (tag.isascii() and tag.isalnum() and behind <= end):
        raise FormatError(start, "flags and a tag of letters and digits", "something else")
    return f"{octets[start]} {tag.decode('ascii')} {quoted(octets[behind:end])}", None, None


READERS = {16: _txt, 99: _txt, 257: _caa}
