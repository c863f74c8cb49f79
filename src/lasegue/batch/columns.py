"""From the columns of a table to the data of a case file.

Wide form, one row a case: `age`, `sex`, ... and one column a finding, `[left.|right.|bilateral.]KIND.NAME`. Long form, one row a finding:
`id`, `kind`, `name`, `side`, `value`, and `modality`; the rows of a case stand together. An empty cell is not tested. `sensation` (of a
site) and `group` (of several) are what an examination found; `sensory` leaves open whether it was tested or reported.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from lasegue.errors import Fault, InputError
from lasegue.knowledge import load

SIDES: Final = ("left", "right", "bilateral")
PERSON: Final = ("id", "age", "sex", "side", "setting", "onset", "course", "text")
KINDS: Final = {
    "power": "power",
    "sensation": "sensation",
    "sensory": "sensory",
    "group": "sensation",
    "reflex": "reflexes",
    "reflexes": "reflexes",
    "test": "tests",
    "tests": "tests",
    "pain": "pain",
    "history": "history",
    "sphincter": "sphincter",
    "tempo": "tempo",
    "investigation": "investigations",
    "investigations": "investigations",
}
ENTRIES: Final = {
    "power": ("movement", "grade"),
    "sensory": ("site", "finding"),
    "sensation": ("site", "finding"),
    "reflexes": ("reflex", "finding"),
    "tests": ("test", "result"),
    "investigations": ("test", "result"),
}
TRUTH: Final = "true."
RAGGED: Final = "__ragged__"
"""The key that marks a row of a text table with more or fewer cells than columns: nothing of it can be trusted."""
LONG: Final = ("kind", "name", "value")
LONG_MORE: Final = ("id", "side", "modality")
TESTED: Final = frozenset({"normal", "reduced", "absent"})
NO: Final = frozenset({"no", "false", "negative", "absent", "0"})
YES: Final = frozenset({"yes", "true", "positive", "present", "1"})


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of the wide form holds: a kind of finding, its name, and its side where the column says one."""

    kind: str
    name: str
    side: str | None


def is_long(columns: Iterable[str]) -> bool:
    """Whether a table has a row for every finding."""
    return set(LONG) <= set(columns)


@lru_cache(maxsize=4096)
def column_of(name: str) -> Column:
    """What a column holds. Raises InputError where its name says nothing. `__` is a dot, for engines that allow none in names."""
    name = name.replace("__", ".")
    if name in PERSON:
        return Column("person", name, None)
    if name.startswith(TRUTH):
        return Column("truth", name.removeprefix(TRUTH), None)
    if name == "history":
        return Column("lines", name, None)
    parts = name.split(".")
    side = parts.pop(0) if parts[0] in SIDES else None
    if len(parts) > 1 and parts[0] in KINDS:
        return Column(KINDS[parts[0]], ".".join(parts[1:]), side)
    raise InputError(
        f"column {name}: neither {', '.join(PERSON)}, history, nor [left.|right.|bilateral.]KIND.NAME with KIND one of "
        f"{', '.join(dict.fromkeys(KINDS))}"
    )


def check_columns(names: Iterable[str]) -> None:
    """Refuse a table with columns that nobody can read, all of them at once."""
    names = list(names)
    faults = [f"column {name} stands twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    if is_long(names):
        faults += [
            f"column {name}: the long form has {', '.join((*LONG, *LONG_MORE))}" for name in names if name not in (*LONG, *LONG_MORE)
        ]
    else:
        for name in names:
            try:
                column_of(name)
            except InputError as error:
                faults.append(str(error))
    if faults:
        raise InputError("\n".join(faults))


def wide_case(row: Mapping[str, Any]) -> dict[str, Any] | Fault:
    """The case of a row with a column for every finding, or the fault that keeps it from being one."""
    if RAGGED in row:
        return _ragged()
    case: dict[str, Any] = {}
    for name, value in row.items():
        if not _empty(value):
            column = column_of(name)
            _put(case, column.kind, column.name, column.side, value)
    return case


def _ragged() -> Fault:
    return Fault("", "", "the row has more or fewer cells than the header has columns")


def long_cases(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any] | Fault]:
    """The cases of rows with one finding each. Rows of one id that stand together are one case, of which a faulty row spoils the whole."""
    for identifier, mine in groupby(rows, key=lambda row: "" if _empty(row.get("id")) else str(row["id"])):
        case: dict[str, Any] = {"id": identifier} if identifier else {}
        faults = [fault for row in mine if (fault := _add_finding(case, row))]
        yield faults[0] if faults else case


def _add_finding(case: dict[str, Any], row: Mapping[str, Any]) -> Fault | None:
    if RAGGED in row:
        return _ragged()
    kind, name, value = (str(row.get(key) or "").strip() for key in LONG)
    if _empty(row.get("value")):
        return None
    side = None if _empty(row.get("side")) else str(row["side"])
    if kind == "person" and name in PERSON:
        _put(case, kind, name, side, row["value"])
    elif kind == "history" and not name:
        _put(case, "lines", name, side, value)
    elif kind in KINDS and name:
        _put(case, KINDS[kind], name, side, row["value"], row.get("modality"))
    else:
        return Fault("kind", kind, f"not a kind of finding: person, {', '.join(KINDS)}")
    return None


def _empty(value: Any) -> bool:
    return value is None or value == "" or value != value  # noqa: PLR0124 - a missing number is not equal to itself


def _put(case: dict[str, Any], kind: str, name: str, side: str | None, value: Any, modality: Any = None) -> None:
    """One cell into the data of a case."""
    if kind == "person":
        case[name] = _number(value) if name == "age" else str(value)
    elif kind == "truth":
        _truth(case, name, value)
    elif kind == "lines":
        case.setdefault("history", []).extend(line.strip() for line in str(value).split(";") if line.strip())
    elif kind == "tempo":
        case[name] = str(value)
    elif kind == "history":
        case.setdefault("history", []).append(_told(name, value))
    elif kind == "pain":
        _pain(case, name, side, value)
    elif kind == "sphincter":
        _sphincter(case, name, value)
    else:
        case.setdefault("sensory" if kind == "sensation" else kind, []).append(_entry(kind, name, side, value, modality))


def _entry(kind: str, name: str, side: str | None, value: Any, modality: Any) -> dict[str, Any]:
    """One finding of a list."""
    what, how = ENTRIES[kind]
    entry = {what: name, how: value if kind in ("power", "tests", "investigations") else str(value)}
    if side:
        entry["side"] = side
    if not _empty(modality):
        entry["modality"] = str(modality)
    if kind == "sensation" and str(value).strip().lower() in TESTED:
        entry["source"] = "tested"
    return entry


def _number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value  # the case reader says what is wrong with it


def _truth(case: dict[str, Any], name: str, value: Any) -> None:
    if name == "lesion":
        case.setdefault("gold", {})["lesions"] = [str(value)]
    elif name == "side":
        case.setdefault("gold", {})["side"] = str(value)
    else:
        case.setdefault("meta", {})[name] = value


def _told(name: str, value: Any) -> str:
    """A history item as a line of the history; its id stands for its first name."""
    item = load().history_item.get(name)
    words = item.names[0] if item and item.names else name.replace("_", " ")
    return f"no {words}" if str(value).lower() in NO else words


def _pain(case: dict[str, Any], name: str, side: str | None, value: Any) -> None:
    entry = {"site": name}
    if side:
        entry["side"] = side
    if str(value).lower() in NO:
        entry["severity"] = "none"
    elif str(value).lower() not in YES:
        entry["severity"] = str(value)
    case.setdefault("pain", []).append(entry)


def _sphincter(case: dict[str, Any], name: str, value: Any) -> None:
    """`sphincter.bladder` holds a word; `sphincter.bladder.retention` holds yes or no."""
    organ, _, word = name.partition(".")
    told = ("normal" if str(value).lower() in NO else word.replace("_", " ")) if word else str(value)
    part = case.setdefault("sphincter", {})
    if organ == "post_void_residual_ml":
        part[organ] = _number(value)
    elif organ in part:
        part[organ] = [*([part[organ]] if isinstance(part[organ], str) else part[organ]), told]
    else:
        part[organ] = told
