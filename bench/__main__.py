"""``python -m bench``: make captures, let wiretruth and its peers read them, tell what each needed."""

import signal
import sys

from bench.command import main

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # captures are removed then, too
    sys.exit(main())
