"""A real browser for the tests of the page: Debian's Chromium, without a screen and without a word to the network."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from wiretruth.model.report import Report
from wiretruth.reports import html
from wiretruth.reports._options import Options

FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
ADVICE: Final = {"destination-rewritten": "Look at the rules of the gateway.\n\nThen look again."}


class Browser:
    """Opens reports and asks the page about itself."""

    def __init__(self, driver: Any, folder: Path) -> None:
        self.driver = driver
        self._folder = folder

    def open(self, report: Report, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> Path:
        """Show a report as a page of its own, from a file."""
        path = self._folder / "report.html"
        path.write_text("".join(html.render(report, Options(advice=ADVICE))), encoding="utf-8")
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setDeviceMetricsOverride", **metrics)
        self.command("Emulation.setEmulatedMedia", media="", features=[scheme])
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.driver.get(path.as_uri())
        return path

    def command(self, name: str, **parameters: Any) -> Any:
        """Speak to the browser itself (Chrome DevTools Protocol)."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def ask(self, script: str, *arguments: Any) -> Any:
        """Give what a line of script says of the page."""
        return self.driver.execute_script(f"return {script}", *arguments)

    def complaints(self) -> list[str]:
        """Give what the console holds since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def type(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        from selenium.webdriver import ActionChains  # noqa: PLC0415 - not every machine has it

        ActionChains(self.driver).send_keys(*keys).perform()

    def search(self, words: str) -> None:
        """Look for words, and wait until the page has."""
        script = "document.querySelector('#search').value = arguments[0]"
        self.driver.execute_script(
            f"{script}; document.querySelector('#search').dispatchEvent(new Event('input'))", words
        )
        self.driver.execute_async_script("setTimeout(arguments[0], 200)")

    def click(self, selector: str) -> None:
        """Click the first element that fits."""
        self.driver.execute_script("document.querySelector(arguments[0]).click()", selector)

    def visible(self, selector: str) -> int:
        """Count the elements that a reader sees."""
        script = "[...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length"
        return int(self.ask(script, selector))


@contextmanager
def started(folder: Path) -> Iterator[Browser]:
    """Start the browser; the test is skipped, in words, where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium, of the development dependencies")
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("needs Debian's packages chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield Browser(running, folder)
    finally:
        running.quit()
