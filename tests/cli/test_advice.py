"""What to do about findings, as their manual pages say."""

from dataclasses import replace

from tests.reports.scenes import BANNER, REWRITTEN
from wiretruth import discover, rules
from wiretruth.cli._advice import advice


def test_every_code_has_some() -> None:
    codes = [name.replace("_", "-") for name in discover.names(rules)]
    told = advice(replace(BANNER, code=code) for code in codes)

    assert sorted(codes) == sorted(told)
    assert all(told.values())


def test_only_the_section_is_quoted() -> None:
    words = advice([REWRITTEN])["destination-rewritten"]

    assert "References" not in words
    assert not words.startswith(" ")


def test_a_code_that_nobody_knows() -> None:
    assert {} == advice([replace(BANNER, code="no-such-code")])
