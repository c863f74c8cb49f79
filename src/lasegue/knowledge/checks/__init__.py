"""What must be true of the knowledge: one named rule per function, and `check` to run them all.

A rule takes the knowledge and yields messages of the form `file: id: fault`. Two more rules hold while the files are read and
are raised by the loader: a key stands once in a mapping, and a record fits the type of its kind.
"""

from collections.abc import Callable, Iterable
from typing import Final

from lasegue.knowledge.checks import anatomy, claims, identity, references, skin
from lasegue.knowledge.loader import Knowledge

Rule = Callable[[Knowledge], Iterable[str]]
RULES: Final[dict[str, Rule]] = {
    rule.__name__: rule
    for rule in (
        identity.every_kind_is_filled,
        identity.ids_unique,
        identity.names_unambiguous,
        identity.retired_ids_stay_free,
        references.sources_exist,
        references.ids_resolve,
        references.rate_keys_are_lesions,
        references.figures_exist,
        references.cuts_are_segments,
        anatomy.weights_sum_to_one,
        anatomy.every_muscle_in_one_course,
        anatomy.every_target_reachable,
        anatomy.sites_stand_in_the_course,
        anatomy.lengths_plausible,
        skin.map_roots_run_in_branches,
        skin.dermatomes_follow_the_consensus,
        skin.territories_follow_the_branches,
        claims.rates_are_probabilities,
        claims.unread_figures_are_judgement,
        claims.basis_has_a_source,
    )
}


def check(knowledge: Knowledge) -> list[str]:
    """All faults of the knowledge, each with the rule that it breaks; empty when it is sound."""
    return [f"{message} [{name}]" for name, rule in RULES.items() for message in rule(knowledge)]


__all__ = ["RULES", "Rule", "check"]
