"""Documentation is under test: what is generated is fresh, what is named exists, what is said about commands is true."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from scripts import generate_docs
from scripts.command_pages import every_command
from scripts.finding_pages import code
from wiretruth import __version__, discover, rules

PROJECT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]
LINK: Final = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MACHINE_PATH: Final = re.compile(r"(?<![\w.}$/])/(?:work|home/\w+|root|Users/\w+)/\w")
"""Folders of somebody's own machine; what every machine has (``/etc``, ``/tmp``, ``/usr``) may be named."""
HEADING: Final = re.compile(r"## \[(Unreleased|\d+\.\d+\.\d+)\](?: - (\d{4}-\d\d-\d\d|Unreleased))?")
KINDS_OF_CHANGE: Final = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def relative(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def outside_code(page: Path) -> Iterator[str]:
    """Give the lines of a page that are prose."""
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("```"):
            inside = not inside
        elif not inside:
            yield line


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout: nothing says which files are the project's")
    return [PROJECT / name for name in done.stdout.split("\0") if name and (PROJECT / name).is_file()]


def recipes() -> set[str]:
    return set(re.findall(r"(?m)^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8")))


def test_generated_pages_are_fresh() -> None:
    """``make docs`` would change nothing."""
    assert [] == [relative(path) for path in generate_docs.stale(generate_docs.pages())]


def test_every_page_is_in_the_navigation() -> None:
    """Findings get there by themselves; ``make site`` holds the rest to it as well, and links with their anchors."""
    docs = PROJECT / "docs"
    navigation = re.findall(r"(?m)^ *- .*?([\w/-]+\.md)$", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = [p.relative_to(docs).as_posix() for p in docs.rglob("*.md") if p.parent.name != "findings"]

    assert sorted([*pages, "reference/findings/index.md"]) == sorted(navigation)


def test_every_rule_has_its_page() -> None:
    folder = PROJECT / "docs/reference/findings"

    assert {code(n) for n in discover.names(rules)} == {p.stem for p in folder.glob("*.md")} - {"index"}


@pytest.mark.parametrize(
    ("path", "command"),
    [(c.command_path, k) for c, k in every_command()],
)
def test_every_command_is_described(path: str, command: click.Command) -> None:
    """A command has help, each of its options has help, and the manual has both."""
    page = (PROJECT / "docs/reference/cli.md").read_text(encoding="utf-8")

    assert command.help
    assert [] == [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert f"## {path}\n" in page


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for line in outside_code(page) for link in LINK.findall(line) if "://" not in link]

    assert [] == [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_recipes_that_pages_name_exist(page: Path) -> None:
    named = set(
        re.findall(r"\bmake ([a-z]+)`|^ *(?:\$ )?make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    )

    assert set() == {one or other for one, other in named} - recipes()


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_options_that_pages_name_exist(page: Path) -> None:
    """In a line that calls wiretruth, each long option is one that some command knows."""
    known = {"--help"} | {
        option
        for _, command in every_command()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    calls = re.findall(r"wiretruth (?:read|explain)\b[^`\n|]*", page.read_text(encoding="utf-8"))

    assert set() == {option for call in calls for option in re.findall(r"--[a-z-]+", call)} - known


def test_readme_needs_two_commands() -> None:
    """From a fresh clone: one command shows it, one command tests it."""
    page = (PROJECT / "README.md").read_text(encoding="utf-8")

    assert ["make demo", "make test"] == re.findall(r"(?m)^    (make .*)$", page)


def test_changelog_keeps_its_form() -> None:
    """Keep a Changelog: Unreleased first, then versions, this one among them, and known kinds of change only."""
    lines = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    headings = [line for line in lines if line.startswith("## ")]
    versions = [match[1] for line in headings if (match := HEADING.fullmatch(line))]

    assert len(headings) == len(versions)
    assert versions[0] == "Unreleased"
    assert __version__ in versions
    assert {line[4:] for line in lines if line.startswith("### ")} <= KINDS_OF_CHANGE


def test_no_path_of_one_machine() -> None:
    """What is tracked works for everybody."""
    found = []
    for path in tracked():
        octets = path.read_bytes()
        if b"\0" in octets:
            continue
        for number, line in enumerate(octets.decode("utf-8", "replace").splitlines(), 1):
            if MACHINE_PATH.search(line):
                found.append(f"{relative(path)}:{number}: {line.strip()}")

    assert [] == found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("see ~home/alice/x", True),
        ("cd ~root/x", True),
        ("/usr/sbin/policy-rc.d", False),
        ("https://example.net/work/x", False),
        ("tests/work/x", False),
    ],
)
def test_machine_paths_are_recognised(line: str, expected: bool) -> None:
    assert expected == bool(MACHINE_PATH.search(line.replace("~", "/")))
