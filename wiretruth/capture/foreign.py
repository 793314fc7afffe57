"""What a file is that wiretruth does not read, and what to do about it."""

import codecs
import re
import shlex
from typing import NamedTuple

from wiretruth.octets import printable


class Foreign(NamedTuple):
    """What is wrong with an input, and its remedy, both without a full stop."""

    problem: str
    remedy: str


_CAPTURES = (
    (b"GMBU", "a Microsoft Network Monitor 2 capture"),
    (b"RTSS", "a Microsoft Network Monitor 1 capture"),
    (b"TRSNIFF data    \x1a", "an NG Sniffer capture"),
    (b"XCP\0", "a NetXRay or Windows Sniffer capture"),
    (b"\x05VNF", "a Visual Networks capture"),
    (b"\x7fver", "an Omnipeek capture"),
    (b"iptrace ", "an AIX iptrace capture"),
    (b"\xac\x01\x00\x1c", "an IXIA capture"),
    (b"\xab\x01\x00\x1c", "an IXIA capture"),
    (b"\x1c\x00\x01\xac", "an IXIA capture"),
    (b"\x1c\x00\x01\xab", "an IXIA capture"),
)
"""Formats that Wireshark reads and ``editcap`` converts."""

_COMPRESSIONS = (
    (b"\x02\x21\x4c\x18", "the lz4 of Linux kernels", "lz4 -dc"),
    (b"\x1f\x9d", "compress", "gzip -dc"),
    (b"\x5d\x00\x00", "lzma", "xz -dc"),
    (b"PK\x03\x04", "zip", "unzip -p"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip", "7z x -so"),
)

_TEXTS = (
    (b"<!doctype html", "a web page, not a capture", "download the file again"),
    (b"<html", "a web page, not a capture", "download the file again"),
    (b"version https://git-lfs", "a Git LFS pointer, not the capture itself", "fetch it with git lfs pull"),
    (b"<?xml", "XML, not a capture", "give the capture itself"),
    (b'{\n"schema": "wiretruth', "a report of wiretruth, not a capture", "give the capture itself"),
    (b'{"record": ', "a report of wiretruth, not a capture", "give the capture itself"),
    (b"%pdf-", "a PDF document, not a capture", "give the capture itself"),
    (b"#!", "a program, not a capture", "give the capture itself"),
)

_TAR = b"ustar"

_MESSAGE = re.compile(
    rb"(?:from [^ \n]{1,200} +(?:mon|tue|wed|thu|fri|sat|sun) "
    rb"|(?:return-path|received|delivered-to|from|to|subject|date|message-id|mime-version|dkim-signature|x-[a-z-]{1,40}):[ \t])"
)
"""An mbox's first line, or a header field that messages begin with (RFC 5322 section 3.6)."""

_PRINTED = re.compile(
    rb"(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{1,9} (?:[a-z0-9_.-]{1,40} +(?:in|out|b|m|p) +)?(?:ip6?|arp) "
)


def describe(head: bytes, path: str) -> Foreign:
    """Say what an input is that begins with *head*; *path* is used in the command that helps (``-`` for a pipe)."""
    file = "" if path == "-" else f" {shlex.quote(path)}"
    return _packed(head, file) or _text(head) or _unknown(head, file)


def _packed(head: bytes, file: str) -> Foreign | None:
    for magic, name in _CAPTURES:
        if head.startswith(magic):
            return Foreign(f"is {name}, which wiretruth does not read", f"convert it: {_conversion(file)}")
    for magic, name, command in _COMPRESSIONS:
        if head.startswith(magic):
            problem = f"is compressed with {name}, which wiretruth does not read"
            return Foreign(problem, f"decompress it: {command}{file} | wiretruth read -")
    if head[257:262] == _TAR:
        return Foreign("is a tar archive, which wiretruth does not read", f"unpack it: tar -xf{file or ' -'}")
    return None


def _text(head: bytes) -> Foreign | None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for words, what, remedy in _TEXTS:
        if start.startswith(words):
            return Foreign(f"is {what}", remedy)
    if _MESSAGE.match(start):
        remedy = "capture while such a message is sent; its Received lines name the hosts that handed it on"
        return Foreign("is a mail message, not a capture", remedy)
    if _PRINTED.match(start):
        return Foreign("is what tcpdump prints, not the packets", "capture with tcpdump -w FILE")
    return Foreign("is text, not a capture", "capture with tcpdump -w FILE") if _is_text(head) else None


def _unknown(head: bytes, file: str) -> Foreign:
    problem = f"is no capture that wiretruth knows: it begins with {_opening(head)}"
    return Foreign(problem, f"if Wireshark opens it, convert it: {_conversion(file)}")


def _conversion(file: str) -> str:
    return f"editcap -F pcapng{file or ' -'} - | wiretruth read -"


def _is_text(head: bytes) -> bool:
    """Tell whether *head*, perhaps cut within a character, is UTF-8 without control characters."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\t\r\n\ufeff" for character in text)


def _opening(head: bytes) -> str:
    return f"{head[:8].hex(' ')} ({printable(head[:8])})"
