"""Which sums a posterior is made by: NumPy's, or the compiled ones once somebody for whom they pay has switched them on.

Compiling takes about half a minute, once for an installation; loading what was compiled about a second, once for a process. So a
single command does with NumPy, and a long batch switches on. The answers are the same to the last bits of a sum.
"""

from collections.abc import Callable
from typing import NamedTuple

from lasegue.case import Case
from lasegue.inference.posterior import DEFAULT_SETTING, Posterior
from lasegue.inference.posterior import posterior as by_numpy
from lasegue.model import Model
from lasegue.model.observe import Evidence
from lasegue.wiring import Array

Members = Callable[..., Array]
"""How a side is summed under some members of the ensemble, as `ensemble.combine` is."""


class Sums(NamedTuple):
    """One way to make the sums."""

    posterior: Callable[[Model, Case, Evidence, str], Posterior]
    members: Members


_switched: list[Sums] = []


def switch_on() -> bool:
    """Use the compiled sums from now on, compiled by a first case if need be; False, and nothing changed, where numba is missing."""
    if not _switched:
        try:
            from lasegue.inference import compiled, compiled_members
        except ModuleNotFoundError as error:
            if error.name and error.name.split(".")[0] in ("numba", "llvmlite"):
                return False
            raise
        _switched.append(Sums(compiled.posterior, compiled_members.combine))
    return True


def switched_on() -> bool:
    """Whether the compiled sums are used."""
    return bool(_switched)


def switch_off() -> None:
    """Use NumPy's sums again."""
    _switched.clear()


def posterior(model: Model, case: Case, evidence: Evidence, setting: str = DEFAULT_SETTING) -> Posterior:
    """P(row | findings) and P(pair | findings), exact."""
    return (_switched[0].posterior if _switched else by_numpy)(model, case, evidence, setting)


def members_by(numpy: Members) -> Members:
    """The way to sum a side under members: `numpy`, which is the caller's own, or the compiled one."""
    return _switched[0].members if _switched else numpy
