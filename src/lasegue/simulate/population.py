"""Who comes: age and sex by setting, and the rows of the model that such people have."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case import Case
from lasegue.errors import InputError
from lasegue.inference.posterior import background_share, case_prior
from lasegue.model import SETTINGS, Model, model
from lasegue.wiring import Array

SEXES: Final = ("F", "M")
AGES: Final = np.arange(18, 96)
MEAN_AGE: Final = {"obstetric": (31.0, 5.5)}
USUAL_AGE: Final = (55.0, 17.0)
"""Mean and spread of the age of people seen with a leg complaint (judgement)."""
CHILDBEARING: Final = 48


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """All kinds of person of one setting: `prior` P(row | kind) (kinds, rows), `share` of the kinds, `age` and `sex` of each.

    `background` is P(none, constitutional, mild neuropathy) by kind, without and with diabetes: (2, kinds, 3).
    """

    share: Array
    age: NDArray[np.int16]
    sex: NDArray[np.int8]
    prior: Array
    background: Array


def _ages(setting: str) -> Array:
    mean, spread = MEAN_AGE.get(setting, USUAL_AGE)
    weight = np.exp(-0.5 * ((AGES - mean) / spread) ** 2)
    return np.asarray(weight * (AGES <= CHILDBEARING) if setting == "obstetric" else weight)


@cache
def people(setting: str) -> People:
    """The people of a setting."""
    if setting not in SETTINGS:
        raise InputError(f"--prior {setting}: choose one of {', '.join(SETTINGS)}")
    anatomy = model()
    kinds = [
        (int(age), s, weight * (s == 0 or setting != "obstetric")) for age, weight in zip(AGES, _ages(setting), strict=True) for s in (0, 1)
    ]
    share = np.array([weight for _, _, weight in kinds])
    return People(
        share=share / share.sum(),
        age=np.array([age for age, _, _ in kinds], dtype=np.int16),
        sex=np.array([sex for _, sex, _ in kinds], dtype=np.int8),
        prior=np.stack([_prior(anatomy, age, SEXES[sex], setting) for age, sex, _ in kinds]),
        background=np.stack([[background_share(age, diabetes) for age, _, _ in kinds] for diabetes in (False, True)]),
    )


def _prior(anatomy: Model, age: int, sex: str, setting: str) -> Array:
    return case_prior(anatomy, Case(age=float(age), sex=sex), setting)  # type: ignore[arg-type]
