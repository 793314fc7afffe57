"""``python -m wiretruth``."""

from wiretruth.cli.main import main

if __name__ == "__main__":
    main()
