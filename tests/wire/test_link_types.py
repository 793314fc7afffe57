from pathlib import Path

import pytest

from wiretruth import discover
from wiretruth.wire.link_types import decoders


@pytest.mark.parametrize(
    "number",
    [0, 1, 9, 12, 14, 50, 51, 101, 104, 105, 107, 108, 109, 113, 119, 127, 163, 166, 192, 228, 229, 239, 258, 276],
)
def test_link_types_of_mail_servers_and_gateways_are_read(number: int) -> None:
    assert callable(decoders()[number])


def test_no_link_type_is_claimed_twice() -> None:
    claimed = [number for room in discover.modules("wiretruth.wire.links") for number in room.LINK_TYPES]

    assert sorted(set(claimed)) == sorted(claimed)


def test_the_reference_lists_every_number() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/formats.md").read_text(encoding="utf-8")
    table = page.partition("## Link types")[2].partition("## Tunnels")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")]
    listed = {
        int(number)
        for row in rows
        for number in row.replace(";", ",").replace("also", "").split(",")
        if number.strip().isdigit()
    }

    assert decoders().keys() == listed
