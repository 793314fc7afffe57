"""A hook of mkdocs: the findings stand in the site's navigation without anybody listing them."""

from pathlib import Path
from typing import Any, Final

FINDINGS: Final = "reference/findings/index.md"


def on_config(config: Any) -> Any:
    """Put every finding's page below the page that leads to them."""
    folder = Path(config["docs_dir"]) / Path(FINDINGS).parent
    below = [f"{Path(FINDINGS).parent}/{page.name}" for page in sorted(folder.glob("*.md")) if page.stem != "index"]
    config["nav"] = with_findings(config["nav"], below)
    return config


def with_findings(navigation: list[Any], below: list[str]) -> list[Any]:
    """Give the navigation with *below* in the place of the one page."""
    return [_entry(entry, below) for entry in navigation]


def _entry(entry: Any, below: list[str]) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {title: _under(value, below) for title, value in entry.items()}


def _under(value: Any, below: list[str]) -> Any:
    if value == FINDINGS:
        return [FINDINGS, *({Path(page).stem: page} for page in below)]
    return with_findings(value, below) if isinstance(value, list) else value
