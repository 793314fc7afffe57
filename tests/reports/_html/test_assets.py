"""The page's own style and script, and the policy that names them."""

import base64
import hashlib

from wiretruth.reports._html.assets import policy, script, style


def test_the_policy_is_of_what_is_written() -> None:
    for text in (style(), script()):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

        assert f"'sha256-{digest}'" in policy()


def test_the_policy_allows_nothing_by_default() -> None:
    parts = dict(part.strip().split(" ", 1) for part in policy().split(";"))

    assert {"default-src", "style-src", "script-src", "base-uri", "form-action"} == set(parts)
    assert "'none'" == parts["default-src"] == parts["base-uri"] == parts["form-action"]


def test_neither_can_end_its_own_element() -> None:
    assert "</" not in style() + script()


def test_the_script_makes_text_and_no_markup() -> None:
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "fetch(",
        "localStorage",
    ):
        assert word not in script()


def test_the_style_fetches_nothing() -> None:
    assert "url(" not in style()
    assert "@import" not in style()
