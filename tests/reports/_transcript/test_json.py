"""Transcripts for a program."""

import json

from tests.reports import scenes
from wiretruth.reports._transcript.json import render
from wiretruth.reports._transcript.transcript import transcripts


def test_the_document() -> None:
    every = transcripts(scenes.seed())
    told = json.loads("".join(render(every, 7, "1.2")))

    assert ("wiretruth.transcript/1", 7, 1) == (told["schema"], told["total"], len(told["transcripts"]))
    (one,) = told["transcripts"]
    assert (1, "established", ["example.net"]) == (one["number"], one["outcome"], one["domains"])
    greeting = next(line for line in one["lines"] if line["kind"] == "reply")
    assert greeting == {
        "at": "2026-11-20T18:29:43.289331000Z",
        "after_ms": greeting["after_ms"],
        "frame": 10,
        "from": "server",
        "kind": "reply",
        "text": ["220 relay.other.example ESMTP"],
    }
    assert greeting["after_ms"] > 0 == one["lines"][0]["after_ms"]


def test_none() -> None:
    assert [] == json.loads("".join(render([], 0, "1.2")))["transcripts"]
