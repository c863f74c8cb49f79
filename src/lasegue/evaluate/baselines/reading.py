"""The baselines as localisers of case files: read leniently, then answer."""

from collections.abc import Callable, Mapping
from typing import Any

from lasegue.case.model import Case
from lasegue.errors import CaseError
from lasegue.evaluate.baselines.decision_flow import flow
from lasegue.evaluate.baselines.root_table import vote
from lasegue.evaluate.evaluation import Localize
from lasegue.evaluate.scoring import Answer, CaseFile

Read = Callable[[Mapping[str, Any]], Case]
BASELINES: dict[str, Callable[[Case], dict[str, Any]]] = {"root-table voting": vote, "decision flow": flow}


def _reading(answer: Callable[[Case], dict[str, Any]], read: Read) -> Localize:
    def localize(case: CaseFile) -> Answer:
        try:
            return answer(read(case))
        except CaseError:
            return {"id": case.get("id", ""), "ranking": [], "pairs": []}

    return localize


def baseline_localizers(read: Read) -> dict[str, Localize]:
    """The baselines for `evaluate`: `read` makes a case of a case file's entry, leniently; what it cannot read has no answer."""
    return {name: _reading(answer, read) for name, answer in BASELINES.items()}
