"""A filter in the user's words: tcpdump compiles it, once for frames with an Ethernet header and once for bare packets."""

import os
import shutil
import subprocess
from typing import Final

from wiretruth.errors import WiretruthError
from wiretruth.live.bpf import RETURN, WHOLE, Step, assemble, numbers

_SEARCHED: Final = "/usr/sbin:/sbin:/usr/local/sbin:/usr/bin:/bin"
_PATIENCE: Final = 20.0
EVERYTHING: Final = assemble([Step(RETURN, WHOLE)])


def compiled(expression: str) -> tuple[bytes, bytes]:
    """Compile an expression; an empty one takes everything.

    Returns:
        The programs for frames with an Ethernet header, and for packets without one.

    Raises:
        WiretruthError: tcpdump is not installed, or does not understand it.
    """
    if not expression.strip():
        return EVERYTHING, EVERYTHING
    program = shutil.which("tcpdump", path=os.pathsep.join((os.environ.get("PATH", os.defpath), _SEARCHED)))
    if program is None:
        raise WiretruthError("--filter needs tcpdump to compile it; apt-get install tcpdump, or leave --filter out")
    return _compiled(program, "EN10MB", expression), _compiled(program, "RAW", expression)


def _compiled(program: str, link: str, expression: str) -> bytes:
    done = subprocess.run(  # noqa: S603 - the user's own filter, no shell
        [program, "-y", link, "-s", str(WHOLE), "-ddd", "--", expression],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        env={**os.environ, "LC_ALL": "C"},
        check=False,
    )
    try:
        return numbers(done.stdout)
    except ValueError:
        said = [line for line in done.stderr.splitlines() if not line.startswith("Warning")]
        raise WiretruthError(f"--filter: {(said or ['tcpdump printed no program'])[-1]}") from None
