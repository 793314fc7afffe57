"""The value of --records."""

import click
import pytest

from wiretruth.cli._records import records
from wiretruth.reports._options import RECORDS

CONTEXT, OPTION = click.Context(click.Command("read")), click.Option(["--records"])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", set()),
        ("lookups", {"lookups"}),
        ("lookups, deliveries,", {"lookups", "deliveries"}),
        ("all", set(RECORDS)),
        ("all,lookups", set(RECORDS)),
    ],
)
def test_records(value: str, expected: set[str]) -> None:
    assert expected == records(CONTEXT, OPTION, value)


def test_an_unknown_list() -> None:
    with pytest.raises(click.BadParameter, match=r"no such list 'lookup'; did you mean lookups\?"):
        records(CONTEXT, OPTION, "lookup")
