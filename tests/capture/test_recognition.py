"""Formats are found by their first octets."""

import sys

import pytest

from tests.capture.forge import pcap, pcapng
from wiretruth.capture.recognition import LEAST, decompressor_for, feed_for


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (pcap("<"), "pcap"),
        (pcap(">"), "pcap"),
        (pcap("<", nanoseconds=True), "pcap"),
        (pcap(">", nanoseconds=True), "pcap"),
        (pcapng("<"), "pcapng"),
        (pcapng(">"), "pcapng"),
        (b"", None),
        (b"\xd4\xc3\xb2", None),
        (b"\x34\xcd\xb2\xa1" + bytes(20), "pcap"),
        (b"snoop\0\0\0", "snoop"),
        (b"From: nobody@example.net", None),
    ],
)
def test_feed(head: bytes, expected: str | None) -> None:
    for visible in (head, head[:LEAST]):
        feed = feed_for(visible)
        assert expected == (feed.format if feed else None)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\x28\xb5\x2f\xfd\0", "zstd"),
        (b"\xfd7zXZ\0", "xz"),
        (b"BZh9", "bzip2"),
        (b"\x04\x22\x4d\x18", "lz4"),
        (b"\x1f", None),
        (b"", None),
    ],
)
def test_decompressor(head: bytes, expected: str | None) -> None:
    decompressor = decompressor_for(head)

    assert expected == (decompressor.name if decompressor else None)


@pytest.mark.parametrize(
    ("module", "head", "name", "remedy"),
    [
        ("zstandard", b"\x28\xb5\x2f\xfd", "zstd", "pip install 'wiretruth[zstd]'"),
        ("lz4.frame", b"\x04\x22\x4d\x18", "lz4", "pip install 'wiretruth[lz4]'"),
        ("lzma", b"\xfd7zXZ\0", "xz", "decompress it first: xz -dc FILE | wiretruth read -"),
        ("bz2", b"BZh9", "bzip2", "decompress it first: bzip2 -dc FILE | wiretruth read -"),
    ],
)
def test_missing_module_comes_with_a_remedy(
    module: str, head: bytes, name: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(ImportError) as caught:
        decompressor_for(head)
    assert (name, remedy) == (caught.value.name, caught.value.msg)
