"""The measure of one direction."""

import hashlib

from wiretruth.model.smtp import StreamDigest
from wiretruth.protocols.smtp.digest import DigestMaker


def test_counts_and_hashes() -> None:
    digest = DigestMaker()
    digest.add(b"EHLO ", 5)
    digest.add(b"x\r\n\x16", 3)

    assert StreamDigest(8, hashlib.sha256(b"EHLO x\r\n").hexdigest()) == digest.finish()


def test_no_hash_where_octets_are_missing() -> None:
    digest = DigestMaker()
    digest.add(b"EHLO ", 5)
    digest.miss()
    digest.add(b"x\r\n\x16", 3)

    assert StreamDigest(8, None) == digest.finish()


def test_only_counts_where_no_hash_is_asked_for() -> None:
    digest = DigestMaker(hashed=False)
    digest.add(b"EHLO ", 5)

    assert StreamDigest(5, None) == digest.finish()
