"""Words that do not change which target is meant."""

import re

from lasegue.names.fold import tokens

_LIST = re.compile(r"[,;&+/]|\band\b")

SITE = frozenset(
    "aspect surface region area skin part zone side border whole entire over on in at sensation sensory numbness numb around "
    "distribution whole patch patchy mild mildly slight tingling to sensibility about along all cutaneous loss generalised diffuse".split()
)
TERRITORY = frozenset(
    "nerve territory distribution area region sensory skin innervation supply cutaneous sensation branch domain field of in".split()
)
DERMATOME = frozenset(
    "dermatome dermatomal dermatomic nerve root distribution territory area level band sensory segment segmental skin sensation in "
    "pattern map and from".split()
)
MYOTOME = frozenset(
    "myotome myotomal muscle group root level segment segmental innervated power strength innervation distribution nerve in weakness "
    "and".split()
)
POWER = frozenset(
    "weakness power strength weak muscle movement in on at against resistance active testing test resisted function motor force group "
    "manual isolated action".split()
)
REFLEX = frozenset("reflex jerk tendon deep response muscle stretch test dtr myotatic".split())
TEST = frozenset("test sign positive manoeuvre maneuver at on for in examination clinical finding over is present seen there any".split())


def is_list(text: str) -> bool:
    """Whether a text is written as a list."""
    return _LIST.search(text) is not None


def cleaned(text: str, noise: frozenset[str]) -> str:
    """As `without`, but nothing for a list: its members are cleaned one by one."""
    return "" if is_list(text) else without(text, noise)


def without(text: str, noise: frozenset[str]) -> str:
    """The folded words of a text that are not noise."""
    return " ".join(token.text for token in tokens(text) if token.text not in noise)
