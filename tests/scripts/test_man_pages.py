"""Manual pages that man shows without a complaint, and that say what ``--help`` says."""

import shutil
import subprocess

import click
import pytest

from scripts.command_pages import every_command
from scripts.man_pages import escaped, line_of, man_pages, page, text

PAGES = man_pages()


@click.command("odd", short_help="Do what is odd.")
@click.option(
    "-f", "--file", metavar="A|B", default="a\\b", show_default=True, help="'Quoted', .dotted and back\\slashed."
)
@click.option("--flag/--no-flag", help="Either.")
def odd() -> None:
    """Do what is odd.

    .SH is no request, and neither is
    'this.

    \b
    Examples:
      odd --file 'x' "y" ^z ~ `w`
      .hidden | odd -

    \b
    Exit status: 0 always.
    """  # noqa: D301 - the backspace itself is what click goes by


def shown(source: str) -> str:
    """Let groff set a page, every warning on, and take the ornaments away."""
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    command = ["groff", "-ww", "-man", "-Tascii", "-P-cbou", "-rLL=200n"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, timeout=60, check=False)

    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout


@pytest.mark.parametrize("name", PAGES)
def test_it_is_set_without_a_warning(name: str) -> None:
    lines = shown(PAGES[name]).splitlines()
    headings = [line for line in lines if line[:1].isalpha() and line.isupper() and "(1)" not in line]

    assert ["NAME", "SYNOPSIS", "DESCRIPTION"] == headings[:3]
    assert headings[-1] == "SEE ALSO"


@pytest.mark.parametrize(
    ("context", "command"), list(every_command()), ids=[c.command_path for c, _ in every_command()]
)
def test_every_option_is_on_the_page(context: click.Context, command: click.Command) -> None:
    source = PAGES[context.command_path.replace(" ", "-") + ".1"]

    for parameter in command.get_params(context):
        for name in (*parameter.opts, *parameter.secondary_opts) if isinstance(parameter, click.Option) else ():
            assert f"\\fB{escaped(name)}\\fP" in source


def test_what_is_typed_can_be_copied() -> None:
    told = shown(page(click.Context(odd, info_name="odd"), odd, ["odd", "other"]))

    assert """odd --file 'x' "y" ^z ~ `w`""" in told
    assert ".hidden | odd -" in told
    assert "'Quoted', .dotted and back\\slashed. Default: a\\b." in told
    assert ".SH is no request, and neither is 'this." in told
    assert "--flag, --no-flag" in told
    assert "other(1)" in told


@pytest.mark.parametrize(
    ("words", "expected"),
    [(".TH a", "\\&.TH a"), ("'a", "\\&'a"), ("a.", "a."), ("", "")],
)
def test_no_line_becomes_a_request(words: str, expected: str) -> None:
    assert expected == line_of(words)


def test_prose_is_one_line() -> None:
    assert "a\\-b c" == text("a-b\n   c")
