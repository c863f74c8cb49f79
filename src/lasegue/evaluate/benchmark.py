"""The cases that ship with the program: published and teaching cases with a known answer, restated."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def _text() -> str:
    return (files("lasegue.evaluate") / "data" / "cases.yaml").read_text(encoding="utf-8")


def benchmark() -> list[dict[str, Any]]:
    """The benchmark's cases, as their file has them; the caller may change what it gets."""
    cases: list[dict[str, Any]] = yaml.load(_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return cases
