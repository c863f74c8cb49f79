"""From the spine outwards: which segments the fibres to each muscle and each patch of skin run through."""

from collections.abc import Iterator

from lasegue.errors import KnowledgeError
from lasegue.knowledge import Knowledge
from lasegue.knowledge.records import Nerve, Step

ROOTS = ("T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5")
PREGANGLIONIC = "root"


def plexus_segments(plexus: str, root: str) -> tuple[str, ...]:
    """The parts of the plexus that a root's fibres cross on their way into a nerve of that plexus."""
    if plexus == "lumbar":
        return ("plexus.lumbar",)
    if plexus == "sacral":
        return ("plexus.lumbosacral_trunk", "plexus.sacral") if root in ("L4", "L5") else ("plexus.sacral",)
    return ()


def sites_before(nerve: Nerve, step: Step) -> tuple[str, ...]:
    """Segments of `nerve` that lie between its beginning and the given step of its course."""
    passed: list[str] = []
    for met in nerve.course:
        if met == step:
            return tuple(passed)
        if met.site:
            passed.append(f"{nerve.id}.{met.site}")
    raise KnowledgeError([f"nerve {nerve.id} has no step {step} in its course"])


def trunk(knowledge: Knowledge, nerve: Nerve) -> tuple[str, ...]:
    """Segments of the parent nerves down to the beginning of `nerve`."""
    if nerve.parent is None:
        return ()
    parent = knowledge.nerve[nerve.parent]
    return trunk(knowledge, parent) + sites_before(parent, Step(nerve=nerve.id))


def spinal_segments(nerve: Nerve, root: str, sensory: bool) -> tuple[str, ...]:
    """Segments from the cord to the beginning of the outermost nerve: root, ganglion, ramus, plexus."""
    ramus = "dorsal" if nerve.plexus == "dorsal_ramus" else "ventral"
    ganglion = (f"ganglion.{root}",) if sensory else ()
    return (f"{PREGANGLIONIC}.{root}", *ganglion, f"{ramus}.{root}", *plexus_segments(nerve.plexus, root))


def muscle_path(knowledge: Knowledge, muscle: str, root: str) -> tuple[str, ...]:
    """All segments between the cord and a muscle for the fibres of one root."""
    nerve = knowledge.nerve[knowledge.muscle[muscle].nerve]
    return spinal_segments(nerve, root, sensory=False) + trunk(knowledge, nerve) + sites_before(nerve, Step(muscle=muscle))


def skin_path(knowledge: Knowledge, branch: str, root: str) -> tuple[str, ...]:
    """All segments between the cord and the skin of a cutaneous branch for the fibres of one root."""
    nerve = knowledge.nerve[knowledge.skin_branch[branch].nerve]
    return spinal_segments(nerve, root, sensory=True) + trunk(knowledge, nerve) + sites_before(nerve, Step(skin=branch))


def all_segments(knowledge: Knowledge) -> Iterator[str]:
    """Every place where fibres can be cut, each once, from the cord outwards."""
    for part in (PREGANGLIONIC, "ganglion", "ventral", "dorsal"):
        yield from (f"{part}.{root}" for root in ROOTS)
    yield from ("plexus.lumbar", "plexus.lumbosacral_trunk", "plexus.sacral")
    for nerve in knowledge.nerves:
        yield from (f"{nerve.id}.{met.site}" for met in nerve.course if met.site)
