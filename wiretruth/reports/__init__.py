"""Plug room, doors out: one output format, one file. The file name is the value of --format.

A format declares ``render(report: Report, options: Options) -> Iterator[str]``: the text in pieces, nothing printed.
"""
