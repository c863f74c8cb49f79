"""One case to one answer, whatever it is: a case that cannot be read gets its errors, and the next one goes on."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from lasegue.assess import as_answer, assess, brief
from lasegue.case import read_case
from lasegue.errors import CaseError, Fault

COLUMNS: Final = {
    "id": "string",
    "lesion": "string",
    "side": "string",
    "probability": "double",
    "second": "string",
    "second_side": "string",
    "second_probability": "double",
    "surprise": "double",
    "urgency": "string",
    "red_flags": "string",
    "error": "string",
    "answer": "string",
}
"""The columns of a batch's table; `answer` is the whole answer as JSON, `red_flags` are ids with a space between."""
TIERS: Final = ("emergency", "same_day", "urgent", "routine")


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch answers. Without `full` an answer has no intervals, reasons, causes and next steps, which take most of the time."""

    setting: str | None = None
    map_: str | None = None
    lenient: bool = False
    full: bool = False


def answer(data: Any, options: Options) -> dict[str, Any]:
    """The answer to the data of a case, or its errors."""
    if isinstance(data, Fault):
        return _errors("", (data,))
    identifier = str(data.get("id") or "") if isinstance(data, dict) else ""
    try:
        case = read_case(data, lenient=options.lenient)
        if options.full:
            return as_answer(assess(case, setting=options.setting, map_=options.map_))
        return as_answer(brief(case, setting=options.setting, map_=options.map_))
    except CaseError as error:
        return _errors(error.case_id or identifier, error.faults)
    except Exception as error:  # one case that breaks the program must not end the night's batch
        return _errors(identifier, (Fault("", "", f"the program failed on this case: {type(error).__name__}: {error}"),))


def _errors(identifier: str, faults: tuple[Fault, ...]) -> dict[str, Any]:
    told = [{"path": f.path, "word": f.word, "message": f.message, "nearest": list(f.nearest)} for f in faults]
    return {"id": identifier, "errors": told}


def as_line(found: dict[str, Any]) -> str:
    """An answer as one line of JSON."""
    return msgspec.json.encode(found).decode()


def as_row(found: dict[str, Any]) -> dict[str, Any]:
    """An answer as a row of a table."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row["id"] = found["id"]
    row["answer"] = as_line(found)
    if "errors" in found:
        row["error"] = "; ".join(f"{e['path']}: {e['message']}" if e["path"] else e["message"] for e in found["errors"])
        return row
    for prefix, one in zip(("", "second_"), found["ranking"], strict=False):
        row[prefix.rstrip("_") or "lesion"] = one["lesion"]
        row[f"{prefix}side"], row[f"{prefix}probability"] = one["side"], one["probability"]
    row["surprise"] = found["fit"]["surprise"]
    raised = found["red_flags"]
    row["red_flags"] = " ".join(flag["id"] for flag in raised)
    row["urgency"] = min((flag["urgency"] for flag in raised), key=TIERS.index, default=None)
    return row
