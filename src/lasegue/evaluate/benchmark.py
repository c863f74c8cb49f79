"""The cases that ship with the program: published and teaching cases with a known answer, restated."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from lasegue.errors import InputError


@cache
def _text() -> str:
    return (files("lasegue.evaluate") / "data" / "cases.yaml").read_text(encoding="utf-8")


def benchmark() -> list[dict[str, Any]]:
    """The benchmark's cases, as their file has them; the caller may change what it gets."""
    cases: list[dict[str, Any]] = yaml.load(_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return cases


def cases_of(source: str) -> list[dict[str, Any]]:
    """The cases of a file (YAML, JSON or JSON Lines), or those that ship with the program when `source` is "published".

    Raises InputError where the file is missing, is no list of cases, or a case has no id or no known answer; all faults at once.
    """
    if source == "published":
        return benchmark()
    path = Path(source)
    if not path.is_file():
        raise InputError(f"no file {source}; `published` names the cases that ship with the program")
    text = path.read_text(encoding="utf-8")
    try:
        data = [yaml.safe_load(line) for line in text.splitlines() if line.strip()] if path.suffix in (".jsonl", ".ndjson") else _load(text)
    except yaml.YAMLError as error:
        raise InputError(f"{source} is neither YAML nor JSON: {error}") from error
    found = data if isinstance(data, list) else [data]
    faults = [f"case {n + 1}: {fault}" for n, case in enumerate(found) for fault in _faults(case)]
    if faults or not found:
        raise InputError("\n".join([f"{source} cannot be evaluated:", *(faults or ["it holds no case"])]))
    return found


def _load(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _faults(case: Any) -> list[str]:
    if not isinstance(case, dict):
        return ["not a case (a mapping is wanted)"]
    gold = case.get("gold")
    faults = [] if case.get("id") else ["no id"]
    if not isinstance(gold, dict) or not gold.get("lesions"):
        faults.append("no known answer (gold.lesions)")
    return faults
