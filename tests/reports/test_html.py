"""The page for people, in a real browser: nothing complains, nothing gets out, everything can be found and read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.reports import logged, scenes
from tests.reports.browser import ADVICE, Browser, started
from wiretruth.model.report import Report
from wiretruth.reports import html
from wiretruth.reports._options import Options

WIDTHS: Final = [1280, 390]
LARGEST: Final = 10_000_000
"""Octets of a page with 10,000 deliveries."""
SLOWEST: Final = 2_000
"""Milliseconds in which it opens."""
TRIES: Final = 3
"""The machine may have been busy with something else."""
LEAST_CONTRAST: Final = 4.5
"""WCAG 2.2 §1.4.3."""
PALE: Final = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data; };
  const light = (c) => [...c].slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; }
    return rgba('white'); };
  const pale = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
    const style = getComputedStyle(e), drawn = e instanceof SVGElement;
    const [a, b] = [light(rgba(drawn ? style.fill : style.color)), light(behind(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < arguments[0]) pale.push(`${e.className.baseVal ?? e.className} ${e.textContent.slice(0, 30)} ${contrast.toFixed(2)}`);
  }
  return pale;
})()"""


def logs() -> Report:
    return replace(scenes.seed(), logs=(logged.summary(),), lines=(logged.contradicted(),))


SCENES: Final = [scenes.seed, scenes.benign, scenes.empty, scenes.hostile, scenes.crowded, scenes.trap, logs]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(tmp_path_factory.mktemp("browser")) as running:
        yield running


def source(report: Report) -> str:
    return "".join(html.render(report, Options(advice=ADVICE)))


@pytest.mark.parametrize("make", SCENES)
def test_the_console_stays_empty(browser: Browser, make: Callable[[], Report]) -> None:
    browser.complaints()
    browser.open(make())

    assert [] == browser.complaints()


def test_markup_from_the_wire_stays_text(browser: Browser) -> None:
    """In what stands in the page, in what its script makes of the data, and in its title."""
    browser.open(scenes.trap())
    browser.driver.execute_script("document.querySelectorAll('details').forEach((d) => d.open = true)")

    assert 0 == browser.ask("document.querySelectorAll('img, iframe, object, main script:not([type])').length")
    assert [] == browser.ask(
        "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/.test(a.name)))"
    )
    assert f"CRITICAL: {scenes.TRAP}" == browser.ask("document.title")
    assert scenes.TRAP in browser.ask("document.querySelector('.deliveries').textContent")
    assert scenes.TRAP in browser.ask("document.querySelector('.finding').textContent")


def test_the_policy_lets_nothing_else_run_or_load(browser: Browser) -> None:
    browser.open(scenes.seed())
    browser.driver.execute_script(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"ran\"'; document.body.append(s)"
    )
    refused = browser.driver.execute_async_script(
        "fetch('http://192.0.2.1/').then(() => arguments[0]('loaded'), (e) => arguments[0](e.name))"
    )

    assert browser.ask("document.title") != "ran"
    assert "TypeError" == refused
    assert any("Content Security Policy" in message for message in browser.complaints())


def test_the_policy_names_two_hashes_and_nothing_unsafe() -> None:
    page = source(scenes.seed())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)

    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-".replace("'", "&#x27;"))
    assert 2 == policy[1].count("sha256-")
    assert "unsafe" not in policy[1]


@pytest.mark.parametrize("make", SCENES)
def test_the_page_names_no_other_place(make: Callable[[], Report]) -> None:
    """No script, style, font or picture from elsewhere, and no link that leads away."""
    links = re.findall(r'<[^>]*?\b(?:src|href|srcset|data|action)="([^"]*)"', source(make()))

    assert [] == [link for link in links if not link.startswith("#")]


@pytest.mark.parametrize("make", SCENES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_over_the_edge(browser: Browser, make: Callable[[], Report], width: int) -> None:
    browser.open(make(), width=width)

    assert browser.ask("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("make", [scenes.seed, scenes.crowded, scenes.benign, logs])
@pytest.mark.parametrize("dark", [False, True])
def test_every_word_stands_out(browser: Browser, make: Callable[[], Report], dark: bool) -> None:
    browser.open(make(), dark=dark)
    browser.driver.execute_script("document.querySelectorAll('details').forEach((d) => d.open = true)")

    assert [] == browser.driver.execute_script(f"return {PALE}", LEAST_CONTRAST)


@pytest.mark.parametrize("make", SCENES)
def test_headings_labels_and_names(browser: Browser, make: Callable[[], Report]) -> None:
    """One h1, no level skipped, a text for every drawing, a name for every control, every id once."""
    browser.open(make())
    levels = browser.ask("[...document.querySelectorAll('h1, h2, h3, h4, h5')].map(h => +h.tagName[1])")
    ids = browser.ask("[...document.querySelectorAll('[id]')].map(e => e.id)")

    assert 1 == levels.count(1)
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    assert 0 == browser.ask("document.querySelectorAll('svg[role=img]:not([aria-label])').length")
    assert [] == browser.ask("[...document.querySelectorAll('button')].filter(b => !b.textContent.trim())")
    assert len(set(ids)) == len(ids)
    assert "en" == browser.ask("document.documentElement.lang")


def test_search_narrows_findings_and_mail(browser: Browser) -> None:
    browser.open(scenes.crowded())
    before = browser.visible(".finding"), browser.visible(".deliveries > li")
    browser.search("d17.example.net went 192.0.2.17")

    assert (6, 50) == before
    assert 1 == browser.visible(".finding")
    assert "d17.example.net" in browser.ask("document.querySelector('.finding:not([hidden])').textContent")

    browser.search("no such words anywhere")

    assert 0 == browser.visible(".finding")
    assert 1 == browser.visible("#findings > .none")
    assert "0 deliveries that fit, of 300" == browser.ask("document.querySelector('.status').textContent")

    browser.search("")

    assert 50 == browser.visible(".deliveries > li")


def test_chips_take_away_and_bring_back(browser: Browser) -> None:
    browser.open(scenes.crowded())
    browser.click(".chip.critical")
    browser.click(".chip.deferred")

    assert 1 == browser.visible(".finding")
    assert "smtp-greylisted" == browser.ask("document.querySelector('.group:not([hidden]) h3').textContent")
    assert "1 to 50 of 200 deliveries that fit, of 300" == browser.ask("document.querySelector('.status').textContent")

    browser.click(".chip.critical")

    assert 6 == browser.visible(".finding")


def test_a_page_with_ten_thousand_deliveries(browser: Browser) -> None:
    path: Path = browser.open(scenes.busy())
    opened = [browser.ask("performance.getEntriesByType('navigation')[0].loadEventStart")]
    while opened[-1] >= SLOWEST and len(opened) < TRIES:
        browser.driver.refresh()
        opened.append(browser.ask("performance.getEntriesByType('navigation')[0].loadEventStart"))

    assert path.stat().st_size < LARGEST
    assert min(opened) < SLOWEST
    assert "1 to 50 of 10,000 deliveries" == browser.ask("document.querySelector('.status').textContent")

    browser.click(".pages button:last-child")

    assert "51 to 100 of 10,000 deliveries" == browser.ask("document.querySelector('.status').textContent")
    assert "user50@d50.example.net" in browser.ask("document.querySelector('.deliveries li').textContent")

    browser.search("user9999@d9999")

    assert 1 == browser.visible(".deliveries > li")
    assert "no such user" in browser.ask("document.querySelector('.story').textContent")


def test_a_finding_shows_its_deliveries(browser: Browser) -> None:
    browser.open(scenes.seed())
    browser.click("[data-deliveries]")

    assert 1 == browser.visible(".deliveries > li")
    assert 1 == browser.visible(".status .link")


def test_a_link_to_a_finding_opens_it(browser: Browser) -> None:
    path = browser.open(scenes.crowded())
    browser.driver.get(f"{path.as_uri()}#f200")

    assert browser.ask("document.querySelector('#f200').open")
    assert browser.ask("document.querySelector('#f200').closest('.rest').open")


@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark(browser: Browser, dark: bool) -> None:
    """The system's wish is heeded until the reader has one."""
    browser.open(scenes.seed(), dark=dark)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    before = browser.ask(paper)

    assert ("rgb(20, 23, 26)" if dark else "rgb(251, 250, 247)") == before

    browser.click("#theme")

    assert ("rgb(251, 250, 247)" if dark else "rgb(20, 23, 26)") == browser.ask(paper)
    assert ("Dark" if dark else "Light") == browser.ask("document.querySelector('#theme').textContent")


def test_everything_is_in_reach_of_the_keyboard(browser: Browser) -> None:
    keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
    browser.open(scenes.crowded())
    focused = []
    for _ in range(16):
        browser.type(keys.TAB)
        focused.append(
            browser.ask(
                "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
            )
        )

    assert "skip" == focused[0]
    assert "theme" == focused[1]
    assert "search" in focused
    assert "chip critical" in focused
    assert "SUMMARY" in focused

    browser.driver.execute_script("document.querySelector('#f2 > summary').focus()")
    browser.type(keys.ENTER)

    assert browser.ask("document.querySelector('#f2').open")

    browser.driver.execute_script("document.querySelector('.chip.critical').focus()")
    browser.type(keys.SPACE)

    assert 1 == browser.visible(".finding")


def test_on_paper(browser: Browser) -> None:
    """Findings lie open, and what only a screen can use is gone."""
    browser.open(replace(scenes.seed(), findings=scenes.seed().findings * 3))
    browser.command("Emulation.setEmulatedMedia", media="print")
    browser.driver.execute_script("dispatchEvent(new Event('beforeprint'))")

    assert 0 == browser.visible(".tools, .masthead button, .copy, [data-deliveries]")
    assert browser.visible(".finding") == browser.visible(".finding .body")
    assert browser.command("Page.printToPDF")["data"].startswith("JVBERi0")

    browser.driver.execute_script("dispatchEvent(new Event('afterprint'))")
    browser.command("Emulation.setEmulatedMedia", media="")

    assert browser.visible(".finding .body") < browser.visible(".finding")


def test_without_its_script_the_findings_are_there(browser: Browser) -> None:
    browser.open(scenes.crowded(), scripts=False)
    page = browser.command("DOM.getDocument", depth=0)["root"]["nodeId"]

    def number(selector: str) -> int:
        return len(browser.command("DOM.querySelectorAll", nodeId=page, selector=selector)["nodeIds"])

    assert (301, 25, 0) == (number(".finding"), number(".deliveries > li .story"), number(".tools:not([hidden])"))
    browser.command("Emulation.setScriptExecutionDisabled", value=False)


def test_the_script_tells_deliveries_as_the_page_does(browser: Browser) -> None:
    """What it makes of the data is, element by element, what stands there without it."""
    static = re.search(r'<ol class="deliveries">(.*)</ol><nav', source(scenes.seed()))
    browser.open(scenes.seed())
    made = browser.ask("document.querySelector('.deliveries').innerHTML")

    assert static is not None
    assert static[1] == made.replace('<details open="">', "<details>").replace(' class=""', "")


@pytest.mark.parametrize("make", SCENES)
def test_the_same_report_gives_the_same_page(make: Callable[[], Report]) -> None:
    assert source(make()) == source(make())
