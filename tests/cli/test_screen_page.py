"""The page that a screen shows: everything fits, and nothing that a stranger says is obeyed."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.cli.test_guests import FINDING, TOLD
from tests.engine.stage import busy, read
from wiretruth.cli._screen_page import page
from wiretruth.cli._screen_state import ScreenState, Shown, VantageState
from wiretruth.engine.harvest import harvest
from wiretruth.engine.settings import Settings

SCENE = busy()
FOUND = harvest(read(SCENE, settings=Settings(every_lookup=True)), SCENE.now, 0)


@pytest.fixture
def state() -> ScreenState:
    made = ScreenState("watching lan0, wan0", SCENE.now - 60 * 10**9, SCENE.now, 12_345, 0, 0.12)
    made.vantages = {"lan0": VantageState(12_000, 31.4), "wan0": VantageState(345, 0.2, up=False)}
    made.under_way = FOUND.under_way
    for row in FOUND.resolvers:
        made.add_resolver(row)
    made.findings.append(Shown(TOLD, SCENE.now, ""))
    return made


def shown(state: ScreenState, width: int = 80, height: int = 24) -> list[str]:
    console = Console(file=io.StringIO(), width=width, height=height, force_terminal=False, _environ={})
    with console.capture() as captured:
        console.print(page(state, height))
    return captured.get().splitlines()


def test_everything_is_on_one_screen(state: ScreenState) -> None:
    lines = shown(state)
    words = "\n".join(lines)

    assert len(lines) <= 24
    for part in (
        "12,345 packets",
        "0 dropped",
        "lan0",
        "wan0",
        "down",
        "example.net",
        "198.51.100.53",
        "smtp-deferred",
        "q quit",
    ):
        assert part in words


def test_many_findings_do_not_push_anything_off(state: ScreenState) -> None:
    for n in range(100):
        state.findings.append(Shown(TOLD, n, ""))
    state.selected = 50

    assert len(shown(state)) <= 24


def test_an_empty_screen_says_so() -> None:
    words = "\n".join(shown(ScreenState("watching any", 0)))

    assert "nothing so far" in words
    assert "none just now" in words


def test_a_finding_is_opened(state: ScreenState) -> None:
    state.findings.append(Shown(TOLD._replace(finding=replace(FINDING, still_possible=("a cache",))), 0, "x.pcapng"))
    state.opened = True
    words = "\n".join(shown(state))

    for part in ("deferred", "the reply (live#lan0, frame 2)", "still possible: a cache", "its packets: x.pcapng"):
        assert part in words


def test_pause_and_filter_are_shown(state: ScreenState) -> None:
    state.paused = state.typing = True
    state.filter = "refused"
    words = "\n".join(shown(state, 100))

    assert "PAUSED" in words
    assert "/refused" in words


def test_what_strangers_say_is_not_obeyed(state: ScreenState) -> None:
    evil = replace(FINDING, summary="[red]\x1b[2J[/red]")
    state.findings.append(Shown(TOLD._replace(finding=evil), 0, ""))
    words = "\n".join(shown(state, 120))

    assert "\x1b" not in words
    assert "[red]" in words
