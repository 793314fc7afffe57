"""``python -m scripts.generate_docs``: write the pages of docs/reference that the program itself knows best.

A page for each finding comes from its rule file's docstring, ``cli.md`` from the commands' own descriptions.
"""

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from wiretruth.cli.main import main as command_line

from wiretruth import discover, rules

PROJECT: Final = Path(__file__).resolve().parents[1]
README: Final = PROJECT / "README.md"
REFERENCE: Final = PROJECT / "docs" / "reference"
SECTIONS: Final = (
    "What it sees",
    "Why it matters",
    "Innocent explanations",
    "What to do next",
    "References",
)
"""The headings of a finding's manual page, in their order; tests/test_house.py holds every rule file to them."""
LIST_STARTS: Final = "<!-- findings: written by `make docs` -->"
LIST_ENDS: Final = "<!-- end of findings -->"
GENERATED: Final = "<!-- Written by `make docs` from {source}; change it there. -->"


def pages() -> dict[Path, str]:
    """Give every generated page: where it belongs, and its text."""
    findings = REFERENCE / "findings"
    made = {findings / f"{code(name)}.md": finding_page(name) for name in discover.names(rules)}
    made[findings / "index.md"] = findings_index()
    made[REFERENCE / "cli.md"] = cli_page()
    made[README] = readme()
    return made


def stale(made: dict[Path, str]) -> Iterator[Path]:
    """Give the pages that differ from what is made now, and those that nothing makes any more."""
    for path, text in made.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield path
    for path in sorted((REFERENCE / "findings").glob("*.md")):
        if path not in made:
            yield path


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


def finding_page(module_name: str) -> str:
    """Write one finding's page."""
    opening, sections = manual(module_name)
    source = f"wiretruth/rules/{module_name}.py"
    parts = [f"# `{code(module_name)}`", GENERATED.format(source=source), opening]
    for title, text in sections.items():
        parts += [f"## {title}", text]
    return "\n\n".join(parts) + "\n"


def findings_index() -> str:
    """Write the page that leads to the findings."""
    source = GENERATED.format(source="wiretruth/rules")
    promise = "A code is a public name: never renamed, never reused; [all of them](../codes.md), by subject."
    return "\n\n".join(["# Findings", source, promise, findings_list("")]) + "\n"


def findings_list(folder: str) -> str:
    """List the findings of this version, one a line; *folder* leads to their pages."""
    names = discover.names(rules)
    return "\n".join(f"- [`{code(name)}`]({folder}{code(name)}.md): {summary(manual(name)[0])}" for name in names)


def readme() -> str:
    """Give README.md with its list of findings as the rule files have it now."""
    before, start, rest = README.read_text(encoding="utf-8").partition(LIST_STARTS)
    _, end, after = rest.partition(LIST_ENDS)
    return f"{before}{start}\n\n{findings_list('docs/reference/findings/')}\n\n{end}{after}"


def summary(opening: str) -> str:
    """Give the first paragraph as one line."""
    return " ".join(opening.partition("\n\n")[0].split())


def cli_page() -> str:
    """Write the page of all commands."""
    context = click.Context(command_line, info_name="wiretruth")
    parts = ["# Commands", GENERATED.format(source="wiretruth/cli")]
    parts += [text for path, command in commands(context) for text in command_section(path, command)]
    return "\n\n".join(parts) + "\n"


def commands(context: click.Context) -> Iterator[tuple[click.Context, click.Command]]:
    """Give a command and everything below it, each with its context."""
    yield context, context.command
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            below = context.command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(click.Context(below, info_name=name, parent=context))


def command_section(context: click.Context, command: click.Command) -> list[str]:
    """Write one command: heading, usage, description, arguments and options."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"## {context.command_path}", f"    {usage}", paragraphs(command.help or "")]
    options = [option(parameter) for parameter in command.params if isinstance(parameter, click.Option)]
    return [part for part in [*parts, "\n".join(options)] if part]


def paragraphs(text: str) -> str:
    """Undo click's marks: a backspace keeps a block as it is, a form feed ends what is shown."""
    return text.partition("\f")[0].replace("\b\n", "").strip()


def option(parameter: click.Option) -> str:
    """Write one option as an item of a list."""
    names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
    value = "" if parameter.is_flag or parameter.count else f" `{metavar(parameter)}`"
    notes = "; may be given several times" if parameter.multiple else ""
    return f"- {names}{value}: {' '.join((parameter.help or '').split())}{notes}"


def metavar(parameter: click.Option) -> str:
    """Name the value that an option takes; written here because click's own wording changes between versions."""
    if parameter.metavar:
        return parameter.metavar
    if isinstance(parameter.type, click.Choice):
        return "|".join(str(choice) for choice in parameter.type.choices)
    return parameter.type.name.upper()


def main() -> int:
    """Write what is stale, remove what nothing makes any more, and name both."""
    made = pages()
    for path in stale(made):
        if path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
        else:
            path.unlink()
        sys.stdout.write(f"{path.relative_to(PROJECT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
