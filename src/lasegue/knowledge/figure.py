"""Figures from the literature, and ids that have been replaced."""

from lasegue.knowledge.records import Record


class Figure(Record, frozen=True, kw_only=True):
    """A published number with its population. `read` is false for what was only remembered; `secondary` for what another page reported."""

    topic: str
    quantity: str
    value: str
    population: str
    reference_standard: str
    source: str
    read: bool
    interval: str = ""
    secondary: bool = False
    note: str = ""


class Retired(Record, frozen=True, kw_only=True):
    """An id that stood in a released version, and the id that took its place. Ids never die: old case files still name them."""

    kind: str
    replaced_by: str
    since: str
