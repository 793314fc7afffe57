"""What a file is that wiretruth does not read, and what to do about it."""

import codecs
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
)


def describe(head: bytes, path: str) -> Foreign:
    """Say what an input is that begins with *head*; *path* is used in the command that helps (``-`` for a pipe)."""
    file = "" if path == "-" else f" {shlex.quote(path)}"
    for magic, name in _CAPTURES:
        if head.startswith(magic):
            return Foreign(f"is {name}, which wiretruth does not read", f"convert it: {_conversion(file)}")
    for magic, name, command in _COMPRESSIONS:
        if head.startswith(magic):
            problem = f"is compressed with {name}, which wiretruth does not read"
            return Foreign(problem, f"decompress it: {command}{file} | wiretruth read -")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for words, what, remedy in _TEXTS:
        if start.startswith(words):
            return Foreign(f"is {what}", remedy)
    if _is_text(head):
        return Foreign("is text, not a capture", "capture with tcpdump -w FILE")
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
