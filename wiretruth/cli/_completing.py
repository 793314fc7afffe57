"""What the Tab key offers: files where files are named, codes of findings where these are."""

import click
from click.shell_completion import CompletionItem

from wiretruth import discover, rules


def files(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell, which knows its files; a label before ``=`` is a word of its own to bash."""
    del context, parameter
    return [CompletionItem(incomplete, type="file")]


def codes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the codes that begin so."""
    del context, parameter
    known = (name.replace("_", "-") for name in discover.names(rules))
    return [CompletionItem(code) for code in known if code.startswith(incomplete)]
