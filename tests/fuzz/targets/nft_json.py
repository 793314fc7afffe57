"""What nft -j list ruleset writes."""

import json
from collections.abc import Iterator

from tests.fuzz.telling import tell
from tests.fuzz.written import examples
from tests.witnesses.test_nft_json import DOCUMENT


def seeds() -> Iterator[bytes]:
    """Give the document of the tests, whole and entry by entry."""
    yield json.dumps(DOCUMENT).encode()
    head = DOCUMENT["nftables"][:3]
    for entry in DOCUMENT["nftables"][3:]:
        yield json.dumps({"nftables": [*head, entry]}).encode()
    yield from examples("witnesses/test_nft_json.py")
    yield from examples("witnesses/test_nft_json_rule.py")


def check(octets: bytes) -> None:
    """Read it as ``--rules``."""
    tell("rules", octets)
