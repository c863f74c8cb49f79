"""What the name of an area tells: who writes "L3 to L4", or "territory of the sural nerve", has thought of something."""

from typing import Final

import numpy as np

from lasegue.model import Model
from lasegue.wiring import Array

BY_ITS_NERVE: Final = 0.65
BY_ANOTHER: Final = 0.30
"""P(an examiner writes "territory of the N nerve"), with that nerve hurt and with anything else hurt there (judgement)."""
BY_ROOTS: Final = (0.60, 0.42, 0.30, 0.20)
BY_ROOTS_OF_ANOTHER: Final = 0.36
"""P(an examiner calls an area by these roots), by how many roots the label and a root lesion differ, and with anything else hurt there
(judgement): who finds the skin of L2 to L4 numb does not write "L3 to L4".
"""


def by_nerve(model: Model, nerve: str) -> Array:
    """P(the area is called by this nerve | row): most where that nerve, its trunk or its branches are hurt: (rows,)."""
    chain = {nerve}
    while (parent := model.knowledge.nerve[nerve].parent) is not None:
        chain.add(parent)
        nerve = parent
    trunks = {name.split("_")[0] for name in chain} | chain
    own = np.array([lesion.id.startswith("nerve.") and lesion.id.split(".")[1] in trunks for lesion in model.lesions])
    return np.where(own, BY_ITS_NERVE, BY_ANOTHER)[model.rows.lesion]


def by_roots(model: Model, label: str) -> Array:
    """P(the area is called by these roots ("L3+L4") | row): (rows,)."""
    named, most = set(label.split("+")), len(BY_ROOTS) - 1
    called = [
        BY_ROOTS[min(len(named ^ set(lesion.roots)), most)] if lesion.id.startswith("root.") else BY_ROOTS_OF_ANOTHER
        for lesion in model.lesions
    ]
    return np.array(called)[model.rows.lesion]
