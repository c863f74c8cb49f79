"""Which lesion a name means: its id, one of its names, or a family that is told by its commonest member."""

from functools import cache

from lasegue.knowledge import load
from lasegue.knowledge.lesion import Lesion
from lasegue.names.index import Index

COMMON = "specialist"
"""The setting whose priors say which member of a family is commonest."""


@cache
def _index() -> Index:
    return Index("lesion", load().lesions)


def lesion_of(name: str) -> Lesion:
    """The lesion of a name; of a family such as `nerve.common_peroneal` or `common_peroneal` the commonest. Raises UnknownName."""
    known = load()
    text = next((old.replaced_by for old in known.retired if old.kind == "lesions" and old.id == name), name)
    found = known.lesion.get(text) or known.lesion.get(f"root.{text}")
    if found:
        return found
    family = [one for one in known.lesions for prefix in (text, f"nerve.{text}") if one.id.startswith(f"{prefix}.")]
    single = [one for one in family if "+" not in one.id]
    if single:
        return max(single, key=lambda one: one.prior.get(COMMON, 0.0))
    named = _index().find(text)
    if named is None:
        raise _index().unknown(name)
    return known.lesion[named]
