"""The page of metrics names each of them."""

import re
from pathlib import Path
from typing import Final

from wiretruth.live.exposition import MEANINGS

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "reference" / "metrics.md"


def test_every_metric_is_described_as_it_is() -> None:
    rows = re.findall(r"(?m)^\| `([a-z_]+)` \| (\w+) \|[^|]*\| (.+) \|$", PAGE.read_text(encoding="utf-8"))

    assert [(name, kind, meaning) for name, (kind, meaning) in MEANINGS.items()] == rows
