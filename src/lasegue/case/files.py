"""Case files: YAML (one case, a list, several documents), JSON, and JSON Lines, from a path, standard input or text."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lasegue.case.model import Case
from lasegue.case.read import read_case
from lasegue.errors import CaseError, Fault
from lasegue.names import Lexicon

LARGEST_CASE = 1_000_000
_MOST_NODES = 200_000
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class BadCase:
    """A case that cannot be read: its place among the cases, its id if it has one, and what is wrong."""

    number: int
    id: str
    faults: tuple[Fault, ...]

    def to_dict(self) -> dict[str, Any]:
        """The line that a batch writes for it."""
        errors = [
            {"path": fault.path, "word": fault.word, "message": fault.message, "nearest": list(fault.nearest)} for fault in self.faults
        ]
        return {"id": self.id, "errors": errors}


def read_cases(source: str | Path, *, lexicon: Lexicon | None = None, lenient: bool = False) -> Iterator[Case | BadCase]:
    """Every case of a path, of standard input ("-"), or of a text that is plainly not a path; one that cannot be read is a BadCase."""
    for number, item in enumerate(_items(source)):
        if isinstance(item, Fault):
            yield BadCase(number, "", (item,))
            continue
        try:
            yield read_case(item, lexicon=lexicon, lenient=lenient)
        except CaseError as error:
            yield BadCase(number, error.case_id, error.faults)


def _items(source: str | Path) -> Iterator[Any]:
    """The data of each case, or the fault that keeps it from being read."""
    if (
        isinstance(source, str)
        and source != "-"
        and (not source.strip() or "\n" in source or source.lstrip()[:1] in {"{", "["} or ": " in source)
    ):
        yield from _of_text(source)
        return
    name = str(source)
    try:
        if name.endswith((".jsonl", ".ndjson")):
            with Path(source).open(encoding="utf-8-sig") as lines:
                yield from _of_lines(lines)
            return
        text = sys.stdin.read() if name == "-" else Path(source).read_text(encoding="utf-8-sig")
    except OSError as error:
        yield Fault("", name, f"cannot read {name}: {error.strerror or error}")
    except UnicodeDecodeError:
        yield Fault("", name, f"{name} is not text in UTF-8")
    else:
        yield from _of_text(text)


def _of_lines(lines: Any) -> Iterator[Any]:
    """JSON Lines, one line at a time so that a long file is never held whole."""
    empty = True
    for number, line in enumerate(lines, start=1):
        if line.strip():
            empty = False
            yield _json(line, f"line {number}")
    if empty:
        yield Fault("", "", "the file is empty")


def _of_text(text: str) -> Iterator[Any]:
    if not text.strip():
        yield Fault("", "", "the file is empty")
        return
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines):
        yield from _of_lines(text.splitlines())
        return
    if text.lstrip()[0] in "{[":
        data = _json(text, "", whole=True)
        if not isinstance(data, Fault):
            yield from _sized(data, len(text))
            return
        if "stands twice" in data.message or "deeply" in data.message:
            yield data
            return
    yield from _yaml(text)


def _sized(data: Any, size: int) -> Iterator[Any]:
    """The cases of a JSON document, each within the limit."""
    cases = data if isinstance(data, list) else [data]
    if not cases:
        yield Fault("", "", "the list holds no case")
    for case in cases:
        own = size if len(cases) == 1 else len(json.dumps(case, ensure_ascii=False)) if size > LARGEST_CASE else 0
        yield _too_large() if own > LARGEST_CASE else case


def _too_large() -> Fault:
    return Fault("", "", f"a case may hold up to {LARGEST_CASE:,} characters")


class _TwiceError(ValueError):
    """A key stands twice in one JSON object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _TwiceError(key)
        made[key] = value
    return made


def _json(text: str, where: str, *, whole: bool = False) -> Any:
    """The data of a JSON text, or a fault."""
    if not whole and len(text) > LARGEST_CASE:
        return _too_large()
    try:
        return json.loads(text, object_pairs_hook=_pairs)
    except _TwiceError as error:
        return Fault(str(error), str(error), f"the key {str(error)!r} stands twice{f' in {where}' if where else ''}")
    except json.JSONDecodeError as error:
        return Fault("", "", f"not JSON: {error.msg}{f', {where}' if where else f', line {error.lineno}'}, column {error.colno}")
    except RecursionError:
        return Fault("", "", "is nested too deeply")


def _yaml(text: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _too_deep(yaml, text, loader):
            yield Fault("", "", "is nested too deeply")
            return
        documents = list(yaml.compose_all(text, Loader=loader))
    except yaml.YAMLError as error:
        yield Fault("", "", _yaml_message(error))
        return
    except (RecursionError, ValueError):
        yield Fault("", "", "is not YAML that can be read")
        return
    nodes = [case for node in documents for case in (node.value if isinstance(node, yaml.SequenceNode) else [node])]
    if not nodes:
        yield Fault("", "", "the file holds no case")
    for node in nodes:
        yield _built(yaml, loader, node, alone=len(nodes) == 1, size=len(text))


def _yaml_message(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"not YAML: {problem}" + (f", line {mark.line + 1}, column {mark.column + 1}" if mark else "")


def _too_deep(yaml: Any, text: str, loader: Any) -> bool:
    """Whether nesting goes beyond what any case needs; asked before the tree is built, which recurses."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False


def _built(yaml: Any, loader: Any, node: Any, *, alone: bool, size: int) -> Any:
    """The data of one case's node, or the fault that it has."""
    own = size if alone else node.end_mark.index - node.start_mark.index
    if own > LARGEST_CASE:
        return _too_large()
    twice, count = _inspect(yaml, node, "", [])
    if twice:
        return twice
    if count > _MOST_NODES:
        return Fault("", "", "its aliases unfold to more than a case may hold")
    maker = loader("")
    try:
        return maker.construct_document(node)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        return Fault("", "", _yaml_message(error))
    finally:
        maker.dispose()


def _inspect(yaml: Any, node: Any, path: str, above: list[int]) -> tuple[Fault | None, int]:
    """The first key that stands twice, and how many nodes there are with every alias unfolded (counting stops at the limit)."""
    if id(node) in above:
        return Fault(path, "", "an alias holds itself"), 0
    count = 1
    children = node.value if isinstance(node, yaml.MappingNode | yaml.SequenceNode) else ()
    seen: set[str] = set()
    for place, child in enumerate(children):
        if isinstance(node, yaml.MappingNode):
            key = str(child[0].value)
            below = f"{path}.{key}" if path else key
            if key in seen:
                return Fault(below, key, f"the key {key!r} stands twice, line {child[0].start_mark.line + 1}"), count
            seen.add(key)
            child = child[1]  # noqa: PLW2901 - the value of the key
        else:
            below = f"{path}[{place}]"
        fault, more = _inspect(yaml, child, below, [*above, id(node)])
        count += more
        if fault or count > _MOST_NODES:
            return fault, count
    return None, count
