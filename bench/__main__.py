"""``python -m bench``: make captures, let wiretruth and its peers read them, tell what each needed."""

import sys

from bench.command import main

if __name__ == "__main__":
    sys.exit(main())
