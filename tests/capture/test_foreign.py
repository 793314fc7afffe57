"""What is not read is named, with a command that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.capture.foreign import describe

EDITCAP = "convert it: editcap -F pcapng 'my file' - | wiretruth read -"


@pytest.mark.parametrize(
    ("head", "problem", "remedy"),
    [
        (b"GMBU\0\2", "Network Monitor 2", EDITCAP),
        (b"iptrace 2.0", "AIX iptrace", EDITCAP),
        (b"\x1f\x9d\x90", "compressed with compress", "decompress it: gzip -dc 'my file' | wiretruth read -"),
        (b"\x02\x21\x4c\x18", "the lz4 of Linux", "decompress it: lz4 -dc 'my file' | wiretruth read -"),
        (b"\x5d\0\0\x80", "compressed with lzma", "decompress it: xz -dc 'my file' | wiretruth read -"),
        (b"\r\n<!DOCTYPE HTML><title>", "a web page", "download the file again"),
        (b"version https://git-lfs.github.com/spec/v1", "a Git LFS pointer", "fetch it with git lfs pull"),
        (b"Return-Path: <a@example.net>\r\n", "a mail message", "Received lines name the hosts"),
        (b"From a@example.net  Fri Nov 20 18:29:43 2026\n", "a mail message", "Received lines"),
        (b"DKIM-Signature: v=1;", "a mail message", "capture while"),
        (b"m.eml".ljust(257, b"\0") + b"ustar\x0000", "a tar archive", "unpack it: tar -xf 'my file'"),
        (b"18:29:43.123456 IP 192.0.2.1.25 > 192.0.2.2.40000:", "what tcpdump prints", "tcpdump -w FILE"),
        (b"18:29:43.123456 eth0  Out IP6 2001:db8::1", "what tcpdump prints", "tcpdump -w FILE"),
        (b'{\n"schema": "wiretruth.report/1"', "a report of wiretruth", "the capture itself"),
        (b"%PDF-1.4", "a PDF", "the capture itself"),
        (b"Jan  1 00:00:01 mail postfix/smtp[1]:", "is text", "-w FILE"),
        ("Fräulein Müllerß".encode()[:-1], "is text", "capture with tcpdump -w FILE"),
        (
            b"\x7fELF\2\1\1",
            r"begins with 7f 45 4c 46 02 01 01 (\x7fELF\x02\x01\x01)",
            f"if Wireshark opens it, {EDITCAP}",
        ),
        (b"\xff\xfe\x1b[2J", r"\xff\xfe\x1b[2J", "if Wireshark opens it"),
    ],
)
def test_description(head: bytes, problem: str, remedy: str) -> None:
    foreign = describe(head, "my file")

    assert problem in foreign.problem
    assert remedy in foreign.remedy


@pytest.mark.parametrize(
    ("head", "remedy"),
    [
        (b"iptrace ", "convert it: editcap -F pcapng - - | wiretruth read -"),
        (b"\x5d\0\0", "decompress it: xz -dc | wiretruth read -"),
    ],
)
def test_remedy_for_a_pipe(head: bytes, remedy: str) -> None:
    assert remedy == describe(head, "-").remedy


@given(st.binary(max_size=256))
def test_any_octets_give_one_printable_line(head: bytes) -> None:
    foreign = describe(head, "file")

    assert foreign.problem.isprintable()
    assert foreign.remedy.isprintable()
