"""``wiretruth schema``: the JSON Schema of the machine-readable report."""

import json
from importlib import resources
from typing import Any

import click

from wiretruth import reports

FILE = "report.schema.json"
LINE = "#/$defs/line"


@click.command("schema", short_help="Print the JSON Schema of the report.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="Of the whole document, or of one line of jsonl.",
)
def command(form: str) -> None:
    """Print the JSON Schema (draft 2020-12) that every report of this version fulfils.

    Keys may be added in later versions, so the schema forbids none.

    \b
    Examples:
      wiretruth schema > report.schema.json
      wiretruth schema --format jsonl > line.schema.json
    """  # noqa: D301 - the backspace itself is what click goes by
    click.echo(text(form), nl=False)


def text(form: str) -> str:
    """Give the schema of ``json`` or of one line of ``jsonl``."""
    written = (resources.files(reports) / FILE).read_text(encoding="utf-8")
    if form == "json":
        return written
    schema: dict[str, Any] = json.loads(written)
    return json.dumps(schema | {"$id": f"{schema['$id']}:line", "$ref": LINE}, ensure_ascii=False, indent=1) + "\n"
