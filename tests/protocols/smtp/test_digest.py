"""The measure of one direction."""

import hashlib

from wiretruth.model.smtp import StreamDigest
from wiretruth.protocols.smtp.digest import DigestMaker


def test_counts_and_hashes() -> None:
    digest = DigestMaker()
    digest.add(b"EHLO ")
    digest.add(b"x\r\n")

    assert StreamDigest(8, hashlib.sha256(b"EHLO x\r\n").hexdigest()) == digest.finish()


def test_no_hash_where_octets_are_missing() -> None:
    digest = DigestMaker()
    digest.add(b"EHLO ")
    digest.miss()
    digest.add(b"x\r\n")

    assert StreamDigest(8, None) == digest.finish()
