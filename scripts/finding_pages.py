"""The manual pages of findings, as the rule files' docstrings have them."""

import textwrap
from typing import Final

from scripts.generated import generated
from wiretruth import discover, rules

SECTIONS: Final = (
    "What it sees",
    "Why it matters",
    "Innocent explanations",
    "What to do next",
    "References",
)
"""The headings of a finding's manual page, in their order; tests/test_house.py holds every rule file to them."""


def code(module_name: str) -> str:
    """Give the finding's code for a rule file's name."""
    return module_name.replace("_", "-")


def manual(module_name: str) -> tuple[str, dict[str, str]]:
    """Split a rule file's docstring into its opening and its sections, in the order in which they stand there."""
    docstring = docstrings()[module_name]
    opening: list[str] = []
    sections: dict[str, list[str]] = {}
    current = opening
    for line in docstring.splitlines():
        if line in SECTIONS:
            current = sections.setdefault(line, [])
        else:
            current.append(line)
    return "\n".join(opening).strip(), {title: dedented(text) for title, text in sections.items()}


def dedented(lines: list[str]) -> str:
    """Take away the indentation under a heading, which Markdown would read as code."""
    return textwrap.dedent("\n".join(lines)).strip()


def docstrings() -> dict[str, str]:
    """Give each rule file's docstring by module name."""
    found = discover.modules(rules.__name__)
    return {module.__name__.rpartition(".")[2]: (module.__doc__ or "").strip() for module in found}


def summary(opening: str) -> str:
    """Give the first paragraph as one line."""
    return " ".join(opening.partition("\n\n")[0].split())


def finding_page(module_name: str) -> str:
    """Write one finding's page."""
    opening, sections = manual(module_name)
    source = f"wiretruth/rules/{module_name}.py"
    parts = [f"# `{code(module_name)}`", generated(source), opening]
    for title, text in sections.items():
        parts += [f"## {title}", text]
    return "\n\n".join(parts) + "\n"


def findings_index() -> str:
    """Write the page that leads to the findings."""
    source = generated("wiretruth/rules")
    promise = "A code is a public name: never renamed, never reused; [all of them](../codes.md), by subject."
    return f"# Findings\n\n{source}\n\n{promise}\n\n{findings_list()}\n"


def findings_list() -> str:
    """List the findings of this version, one a line."""
    names = discover.names(rules)
    return "\n".join(f"- [`{code(name)}`]({code(name)}.md): {summary(manual(name)[0])}" for name in names)
