"""Tiny cases put to the whole model: what leads, what a finding speaks for, what it warns of."""

from functools import cache
from typing import Any

import msgspec
import numpy as np

from lasegue.case import Case, read_case
from lasegue.inference import DEFAULT_SETTING
from lasegue.inference.posterior import case_background, case_prior, row_likelihood
from lasegue.ledger.measure import Bench
from lasegue.model import UNLISTED
from lasegue.model.observe import observe
from lasegue.names import Lexicon
from lasegue.redflags import raise_flags
from lasegue.wiring import Array


class Probe(Bench):
    """A bench that also runs cases."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench.model)
        self.lexicon = Lexicon.from_knowledge(self.knowledge)
        self.weighed = cache(self._weighed)

    def case(self, data: dict[str, Any]) -> Case:
        """A tiny case. Without a side it is told of the right leg."""
        return read_case({"format": 1, "id": "check", "side": "right", **data}, lexicon=self.lexicon)

    def rows(self, data: dict[str, Any]) -> tuple[Array, Array]:
        """P(row) and P(findings | row) of a tiny case, both by row."""
        return self.weighed(msgspec.json.encode(data))

    def _weighed(self, encoded: bytes) -> tuple[Array, Array]:
        case = self.case(msgspec.json.decode(encoded))
        evidence = observe(self.model, case)
        likelihood, _ = row_likelihood(self.model, evidence, case_background(case))
        prior = case_prior(self.model, case, case.setting or DEFAULT_SETTING)
        listed = np.array([self.model.lesions[k].id != UNLISTED for k in self.model.rows.lesion])
        return np.where(listed, prior, 0.0), likelihood

    def in_lesion(self, data: dict[str, Any], lesion: str) -> float:
        """P(findings | lesion, side complained of); `lesion` may be a family."""
        return self._given_side(data, np.array([under(self.model.lesions[k].id, lesion) for k in self.model.rows.lesion], dtype=np.float64))

    def in_everyone(self, data: dict[str, Any]) -> float:
        """P(findings | side complained of) in everyone seen."""
        return self._given_side(data, np.ones(len(self.model.rows.lesion)))

    def _given_side(self, data: dict[str, Any], which: Array) -> float:
        """The side is taken as known, so that it speaks for nothing itself, unless it is the only finding."""
        prior, likelihood = self.rows(data)
        side = {"side": data.get("side", "right")}
        before = np.ones(len(prior)) if data == side else self.rows(side)[1]
        return float((prior * which) @ likelihood / ((prior * which) @ before))

    def ranking(self, data: dict[str, Any], among: str) -> list[tuple[str, float]]:
        """Single lesions of a family, or all, by probability among themselves."""
        prior, likelihood = self.rows(data)
        total: dict[str, float] = {}
        for row, value in enumerate(prior * likelihood):
            name = self.model.lesions[self.model.rows.lesion[row]].id
            if not among or under(name, among):
                total[name] = total.get(name, 0.0) + float(value)
        whole = sum(total.values())
        return sorted(((name, value / whole) for name, value in total.items()), key=lambda item: -item[1])

    def urgencies(self, data: dict[str, Any]) -> dict[str, str]:
        """The red flags that a tiny case raises: urgency by id."""
        return {flag.id: flag.urgency for flag in raise_flags(self.case(data)).raised}


def under(lesion: str, family: str) -> bool:
    """Whether a lesion is the family itself or one of it. `root` means single roots: sets of roots are spelt out."""
    if family == "root":
        return lesion.startswith("root.") and "+" not in lesion
    return lesion == family or lesion.startswith(f"{family}.")


def in_words(data: dict[str, Any]) -> str:
    """The findings of a tiny case, shortly."""
    return "; ".join(_part(key, value) for key, value in data.items())


def _part(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {said}" for name, said in value.items())
    if isinstance(value, list):
        said = [_words(key, item) for item in value]
        return ", ".join(dict.fromkeys(said))
    return f"{key} {value}"


def _words(key: str, item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    before = {"pain": "pain in ", "power": "", "sensory": "feeling of "}.get(key, "")
    after = " jerk" if key == "reflexes" and item["reflex"] in ("knee", "ankle") else ""
    shown = [str(value) for name, value in item.items() if name not in ("side", "source")]
    side = f" ({item['side']})" if item.get("side") == "left" else ""
    return f"{before}{shown[0]}{after} {' '.join(shown[1:])}".strip() + side
