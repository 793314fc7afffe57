"""The rules of the house: what imports cannot show is read from the source, what they can is left to import-linter."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scripts.finding_pages import SECTIONS, code, manual
from scripts.limit_page import bounds
from tests.house.purity import impurities
from tests.house.untested import UNTESTED
from wiretruth import discover, rules

PROJECT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = PROJECT / "wiretruth"
CODES: Final = PROJECT / "docs/reference/codes.md"
SOURCES: Final = sorted(PACKAGE.rglob("*.py"))
BENCH: Final = sorted((PROJECT / "bench").rglob("*.py"))
CORE: Final = (
    "model", "octets", "errors", "discover", "capture", "columns", "wire", "flow", "protocols", "witnesses", "ledger", "firewall",
    "rules", "engine", "evidence",
)  # fmt: skip
LONGEST: Final = 350
"""Lines; above it a module is where everything else meets."""
HEAVY: Final = ("dpkt", "lz4", "numpy", "rich", "scapy", "zstandard")
"""What ``--help`` must not wait for."""
ALLOWED: Final = {"discover": frozenset({"importlib", "pkgutil", "sys"})}
"""Doors that a pure room has a reason for: plug rooms are found by looking."""


def room(source: Path) -> str:
    return source.relative_to(PACKAGE).parts[0].removesuffix(".py")


def relative(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def its_test(source: Path) -> Path:
    top = PACKAGE if source.is_relative_to(PACKAGE) else PROJECT
    return PROJECT / "tests" / source.relative_to(top).with_name(f"test_{source.stem.lstrip('_')}.py")


def has_code(source: Path) -> bool:
    """More than a docstring and records: something that a test could hold to account."""
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(parse(source)))


def parse(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"), str(source))


@pytest.mark.parametrize("source", [s for s in SOURCES if room(s) in CORE], ids=relative)
def test_core_is_pure(source: Path) -> None:
    """Between the octets and the report there is no door, no clock and no chance."""
    assert [] == list(impurities(parse(source), ALLOWED.get(room(source), frozenset())))


def test_every_source_file_has_its_test_file() -> None:
    """A file and its test are found by the same name; the list of exceptions can only shrink."""
    lonely = {relative(s) for s in [*SOURCES, *BENCH] if has_code(s) and not its_test(s).exists()}

    assert sorted(UNTESTED) == sorted(lonely)


def test_every_exception_has_a_reason() -> None:
    assert [] == [path for path, reason in UNTESTED.items() if len(reason) < len("a reason")]


@pytest.mark.parametrize("source", [*SOURCES, *BENCH], ids=relative)
def test_no_meeting_place(source: Path) -> None:
    assert len(source.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("name", discover.names(rules))
def test_rule_file_is_complete(name: str) -> None:
    """One file, one finding: its code, its manual page, its check."""
    module = {m.__name__: m for m in discover.modules(rules.__name__)}[f"{rules.__name__}.{name}"]
    opening, sections = manual(name)

    assert code(name) == module.CODE
    assert callable(module.check)
    assert opening
    assert SECTIONS == tuple(sections)
    assert [] == [title for title, text in sections.items() if not text]


def test_rule_codes_are_public_names() -> None:
    """A rule invents no code: the contract lists them all."""
    contract = set(re.findall(r"(?m)^\| `([a-z-]+)` \|", CODES.read_text(encoding="utf-8")))

    assert set() == {code(name) for name in discover.names(rules)} - contract


def test_every_bound_has_its_reason() -> None:
    """A limit is argued where it stands."""
    assert [] == [f"{bound.place}: {bound.name}" for bound in bounds() if not bound.reason]


def test_floors_hold() -> None:
    """import-linter's contracts in pyproject.toml: who may import whom."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, "" if done.returncode == 0 else done.stdout)


def test_help_is_light() -> None:
    """``wiretruth --help`` answers at once because it imports nothing that only some commands need."""
    program = (
        "import json, sys\n"
        "from wiretruth.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = json.loads(done.stderr)

    assert [] == [name for name in HEAVY if name in loaded]
    assert "Usage" in done.stdout
