"""What a finding's two hosts are to each other."""

from dataclasses import replace

import pytest

from tests.reports.scenes import BANNER, REWRITTEN
from wiretruth import discover, rules
from wiretruth.reports._rivals import ELSEWHERE, OTHERWISE, meant_elsewhere, rivals


def test_somebody_else_was_reached() -> None:
    assert (REWRITTEN.intended, REWRITTEN.observed) == rivals(REWRITTEN)
    assert REWRITTEN.intended == meant_elsewhere(REWRITTEN)


def test_another_name_is_not_another_host() -> None:
    assert rivals(BANNER) is not None
    assert meant_elsewhere(BANNER) is None


@pytest.mark.parametrize("code", ["deferral-caused-by-dns", "connect-rejected", "answers-differ"])
def test_a_resolver_and_a_server_are_no_rivals(code: str) -> None:
    """The server that deferred mail did not take the place of the resolver that it asked in vain."""
    assert rivals(replace(REWRITTEN, code=code)) is None
    assert meant_elsewhere(replace(REWRITTEN, code=code)) is None


def test_one_alone_has_no_rival() -> None:
    assert rivals(replace(REWRITTEN, observed=None)) is None


def test_the_codes_exist() -> None:
    assert {code.replace("-", "_") for code in OTHERWISE | ELSEWHERE} <= set(discover.names(rules))
