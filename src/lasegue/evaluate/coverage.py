"""How much of what the cases say was understood: findings of which words went to `unused`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lasegue.evaluate.scoring import Answer, CaseFile

KINDS = ("history", "pain", "sensory", "power", "reflexes", "tests", "sphincter", "investigations")
FREE_TEXT = {"history": None, "pain": "site"}  # where words left over are no loss of the whole finding
PATH = re.compile(r"(?P<kind>\w+)(?:\[(?P<index>\d+)\])?(?:\.(?P<field>\w+))?")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Findings of one kind: how many there are, of how many not a word counted, and of how many some words did not."""

    findings: int
    unused: int
    partly: int

    @property
    def share(self) -> float:
        """The share of findings of which not a word counted."""
        return self.unused / self.findings if self.findings else 0.0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.findings + other.findings, self.unused + other.unused, self.partly + other.partly)


NOTHING = Coverage(0, 0, 0)


def count(case: CaseFile, kind: str) -> int:
    """How many findings of a kind a case file states."""
    stated = case.get(kind) or []
    if isinstance(stated, Mapping):
        return sum(len(value) if isinstance(value, list) else 1 for value in stated.values())
    return len(stated)


def _words(text: Any) -> str:
    return " ".join(re.findall(r"\w+", str(text).casefold()))


def _whole(case: CaseFile, kind: str, index: str | None, text: Any) -> bool:
    """Whether the words left over are all the words of a finding that is written as free text."""
    stated = case[kind][int(index)] if index is not None else case[kind]
    name = FREE_TEXT[kind]
    if isinstance(stated, Mapping) and name:
        stated = stated.get(name, stated.get("region", ""))
    return _words(text) == _words(stated)


def coverage(case: CaseFile, answer: Answer) -> dict[str, Coverage]:
    """What the answer left unused of one case, by kind of finding; notes are not findings."""
    unused: dict[str, set[str]] = {kind: set() for kind in KINDS}
    partly: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for entry in answer.get("unused") or []:
        found = PATH.match(entry["path"])
        if found is None or found["kind"] not in KINDS or found["field"] in ("note", "since"):
            continue
        kind, index = found["kind"], found["index"]
        finding = index if index is not None else entry["path"]
        whole = kind not in FREE_TEXT or _whole(case, kind, index, entry.get("text", ""))
        (unused if whole else partly)[kind].add(finding)
    if not (answer.get("ranking") or answer.get("pairs")):
        return {kind: Coverage(count(case, kind), count(case, kind), 0) for kind in KINDS}
    return {kind: Coverage(count(case, kind), len(unused[kind]), len(partly[kind] - unused[kind])) for kind in KINDS}


def total(parts: Iterable[dict[str, Coverage]]) -> dict[str, Coverage]:
    """Coverage of several cases by kind, and of everything under "all"."""
    sums = dict.fromkeys(KINDS, NOTHING)
    for part in parts:
        sums = {kind: sums[kind] + part[kind] for kind in KINDS}
    return sums | {"all": sum(sums.values(), NOTHING)}
