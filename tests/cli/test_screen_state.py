"""What keys do to the screen."""

from dataclasses import replace

import pytest

from tests.cli.test_guests import FINDING, TOLD
from wiretruth.cli import _screen_state
from wiretruth.cli._screen_state import ScreenState, Shown
from wiretruth.engine.harvest import ResolverRow


@pytest.fixture
def state() -> ScreenState:
    made = ScreenState("watching lan0", 0)
    for n, code in enumerate(["smtp-deferred", "connect-refused", "dns-servfail"]):
        told = TOLD._replace(finding=replace(FINDING, code=code))
        made.findings.append(Shown(told, n, ""))
    return made


def press(state: ScreenState, *keys: str) -> ScreenState:
    for key in keys:
        state.press(key)
    return state


def codes(state: ScreenState) -> list[str]:
    return [shown.told.finding.code for shown in state.visible()]


def test_the_latest_is_on_top(state: ScreenState) -> None:
    assert ["dns-servfail", "connect-refused", "smtp-deferred"] == codes(state)


def test_arrows_select_and_stay_inside(state: ScreenState) -> None:
    assert 0 == press(state, "up").selected
    assert 2 == press(state, *["down"] * 9).selected


def test_enter_opens_what_is_selected(state: ScreenState) -> None:
    press(state, "down", "enter")
    chosen = state.chosen()

    assert chosen is not None
    assert (True, "connect-refused") == (state.opened, chosen.told.finding.code)
    assert not press(state, "escape").opened


def test_nothing_cannot_be_opened() -> None:
    assert not press(ScreenState("", 0), "enter", "down").opened


def test_a_filter_is_typed(state: ScreenState) -> None:
    press(state, "/", *"refusedx", "erase", "q", "erase", "enter")

    assert (["connect-refused"], False, False) == (codes(state), state.typing, state.ended)
    assert 3 == len(codes(press(state, "escape")))


def test_a_filter_is_dropped_by_escape(state: ScreenState) -> None:
    assert 3 == len(codes(press(state, "/", "x", "escape")))


def test_pause_and_quit(state: ScreenState) -> None:
    assert press(state, "p").paused
    assert not press(state, "p").paused
    assert press(state, "q", "?").ended


def test_resolvers_are_summed_up_and_bounded(state: ScreenState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_screen_state, "MAX_RESOLVERS", 2)
    for n in (1, 2, 3, 3):
        state.add_resolver(ResolverRow(f"192.0.2.{n}", 10, 1, 1, 100, 9))

    assert {"192.0.2.2": 10, "192.0.2.3": 20} == {name: row.lookups for name, row in state.resolvers.items()}
