"""The order of things: receive, advance, finish. No I/O."""
