"""``wiretruth history``: what a watch has kept."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import click

from wiretruth.cli._completing import files
from wiretruth.cli._stopping import seconds
from wiretruth.live.store import KeptDelivery, KeptFinding, Store
from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._words import harmless, second

DEFAULT = "/var/lib/wiretruth/store.db"


@click.command("history", short_help="Ask what a watch has kept: deliveries and findings.")
@click.argument("what", default="", metavar="[DOMAIN|ADDR]")
@click.option(
    "--store",
    default=DEFAULT,
    show_default=True,
    metavar="FILE",
    shell_complete=files,
    help="The store that the watch keeps.",
)
@click.option("--since", callback=seconds, metavar="TIME", help="Only of the last 30m, 24h, 7d.")
@click.option("--findings", "only_findings", is_flag=True, help="Only findings, no deliveries.")
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="How."
)
def command(what: str, *, store: str, since: float | None, only_findings: bool, form: str) -> None:
    """Tell deliveries and findings that a watch has kept (wiretruth watch --store), oldest first.

    DOMAIN includes its subdomains; ADDR is a client, a mail host, or whoever a finding names.

    \b
    Examples:
      wiretruth history
      wiretruth history example.net --since 7d
      wiretruth history 198.51.100.10 --findings
      wiretruth history --since 24h --format jsonl | jq .
    """  # noqa: D301 - the backspace itself is what click goes by
    start = time.time_ns() - round(since * NANOSECONDS) if since is not None else 0
    words = what.strip("[]").lower()
    base = Store(Path(store), reading=True)
    try:
        deliveries = iter(()) if only_findings else base.deliveries(words, start)
        lines = _records if form == "jsonl" else _text
        told = 0
        for line in lines(deliveries, base.findings(words, start)):
            click.echo(line)
            told += 1
        if not told and form == "text":
            click.echo(f"nothing kept{f' of {harmless(what)}' if what else ''}")
    finally:
        base.close()


def _text(deliveries: Iterator[KeptDelivery], findings: Iterator[KeptFinding]) -> Iterator[str]:
    for kept in deliveries:
        whom = harmless(", ".join(kept.recipients) or kept.domain)
        way = "from" if kept.inbound else "by"
        yield f"{_when(kept.at)}  {kept.outcome:9} mail for {whom} {way} {kept.client}"
        for at, server, step, reply, _ in kept.attempts:
            words = f": {harmless(reply)}" if reply else ""
            yield f"{_when(at)}    tried {server}, as far as {step}{words}"
    first = True
    for found in findings:
        if first:
            yield "findings:"
            first = False
        yield f"{_when(found.at)}  {found.severity} {found.confidence} {found.code}: {harmless(found.summary)}"


def _records(deliveries: Iterator[KeptDelivery], findings: Iterator[KeptFinding]) -> Iterator[str]:
    for kept in deliveries:
        attempts = [dict(zip(("at", "server", "step", "reply", "code"), row, strict=True)) for row in kept.attempts]
        record = kept._asdict() | {"attempts": [one | {"at": _when(one["at"])} for one in attempts]}
        yield json.dumps({"record": "delivery"} | record | {"at": _when(kept.at), "last": _when(kept.last)})
    for found in findings:
        told = json.loads(found.record)
        yield json.dumps({"record": "told", "told": _when(found.told)} | told | {"summary": found.summary})


def _when(at: int) -> str:
    return f"{second(at).isoformat()}Z"
