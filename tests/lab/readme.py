"""The page beside each capture."""

from collections.abc import Sequence
from typing import Final

from tests.lab.truth import Case

PAGE: Final = """\
# {name}

{story}

**Question**: {question}

**Topology**: mail server `mta` 10.10.0.5, gateway `gw` (lan0 10.10.0.1, wan0 203.0.113.1), a router, and beyond it
`mx1` 198.51.100.10 (mail.example.net), `mx2` 198.51.100.20 (backup.example.net), resolvers `ns1` 198.51.100.53 and
`ns2` 198.51.100.54, a stranger `alt` 192.0.2.66, an outside client `out` 192.0.2.99.
IPv6: the same hosts in 2001:db8::/32 (`tests/lab/topology.py`).

**Vantage**: {vantages}.

**Make it again**: `python -m tests.lab run {name} -o pcaps` from the top of the project, as root
(what is done is in `tests/lab/scenarios/{kind}/{module}.py`; what is true is in `truth.json`).
"""


def readme(name: str, kind: str, story: str, cases: Sequence[Case]) -> str:
    question = (
        "which finding do these packets force?" if kind == "faulty" else "is everything above `info` kept silent?"
    )
    captures = sorted({word for case in cases for word in case.inputs if word.endswith(".pcap")})
    vantages = ", ".join(f"`{word.rpartition('=')[2]}`" for word in captures)
    return PAGE.format(
        name=name, kind=kind, story=story, question=question, vantages=vantages, module=name.replace("-", "_")
    )
