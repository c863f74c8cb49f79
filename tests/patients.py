"""Patients made up for the tests: short words for findings, and a strategy that draws whole cases from the knowledge."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from lasegue.case.model import (
    Case,
    HistoryFinding,
    InvestigationFinding,
    Origin,
    PainFinding,
    Power,
    ReflexFinding,
    Sense,
    SphincterFinding,
    Tempo,
    TestFinding,
)
from lasegue.knowledge import Knowledge

OTHER = {"left": "right", "right": "left"}
KINDS = ("power", "sense", "reflexes", "tests", "history", "pain", "sphincter", "investigations")


def origin(path: str) -> Origin:
    return Origin(path, path)


def power(movement: str, grade: float | None = None, side: str = "left", value: str = "graded") -> Power:
    return Power(origin(f"power.{movement}.{side}"), side, value, grade, movements=((movement, 1.0),))


def rest(side: str = "left", grade: float = 5.0) -> Power:
    return Power(origin(f"power.rest.{side}"), side, "graded", grade, rest=True)


def sense(site: str, value: str, side: str = "left", source: str = "tested", modalities: tuple[str, ...] = ()) -> Sense:
    return Sense(origin(f"sensory.{site}.{value}.{side}"), side, value, ((site, 1.0),), modalities, source)


def dermatome(root: str, value: str, side: str = "left") -> Sense:
    return replace(sense("web1", value, side), label_root=root)


def reflex(name: str, value: str, side: str = "left") -> ReflexFinding:
    return ReflexFinding(origin(f"reflexes.{name}.{side}"), side, name, value)


def sign(test: str, value: str = "positive", side: str | None = "left") -> TestFinding:
    return TestFinding(origin(f"tests.{test}.{side}"), side, test, value)


def told(item: str, present: bool = True, side: str | None = None) -> HistoryFinding:
    return HistoryFinding(origin(f"history.{item}"), side, item, present)


def pain(region: str, present: bool = True, side: str | None = "left") -> PainFinding:
    return PainFinding(origin(f"pain.{region}"), side, ((region, 1.0),), present=present)


def sphincter(item: str) -> SphincterFinding:
    return SphincterFinding(origin(f"sphincter.{item}"), item)


def study(investigation: str, result: str, side: str | None = "left", **named: Any) -> InvestigationFinding:
    return InvestigationFinding(origin(f"investigations.{investigation}.{result}"), side, investigation, result, **named)


def each_saddle(known: Knowledge, value: str) -> tuple[Sense, Sense]:
    """Perianal skin as it stands in a file without a side: once for each side, under one path."""
    sites = tuple((site.id, 1.0) for site in known.skin_sites if site.midline)
    return tuple(Sense(origin(f"sensory.saddle.{value}"), side, value, sites, (), "tested") for side in ("left", "right"))  # type: ignore[return-value]


def by_hand(known: Knowledge) -> dict[str, Case]:
    """One case for every kind of finding, and some that go together."""
    reads = next(t for t in known.tests if t.reads)
    rated = next(t for t in known.tests if t.reads and t.by)
    sided = next(t for t in known.tests if not t.reads and t.sided and t.by)
    whole = next(t for t in known.tests if not t.reads and not t.sided and t.by)
    snap = next(i.id for i in known.investigations if i.id == "snap_sural")
    needle = next(i for i in known.investigations if i.kind == "needle_emg")
    image, found = next((i, r) for i in known.investigations if i.kind == "imaging" for r in i.results)
    abnormal = tuple(sphincter(i.id) for i in known.sphincter if i.abnormal)[:3]
    normal = tuple(sphincter(i.id) for i in known.sphincter if not i.abnormal)
    numb = sense("web1", "reduced", source="reported")
    return {
        "empty": Case(),
        "person": Case(age=71, sex="F", side="left", setting="primary_care"),
        "grades": Case(power=tuple(power(m.id, g) for m, g in zip(known.movements, (0, 1, 2, 2.5, 3, 3.5, 4, 4.75, 5), strict=False))),
        "words for weak": Case(
            power=(
                power("ankle_dorsiflexion", value="weak"),
                power("knee_extension", value="give_way"),
                power("hip_flexion", value="limited_by_pain"),
            )
        ),
        "all others normal": Case(power=(power("ankle_dorsiflexion", 2), rest(), rest("right"))),
        "all others weak": Case(power=(rest(grade=4),)),
        "the leg is weak": Case(power=(replace(rest(grade=3), vague=True), power("ankle_dorsiflexion", 2, "right"))),
        "sites": Case(
            age=80, sense=(sense("web1", "reduced"), sense("heel_lateral", "normal"), sense("dorsum_proximal", "absent", "right"))
        ),
        "modalities": Case(
            sense=(sense("web1", "reduced", modalities=("vibration", "position")), sense("web1", "normal", modalities=("pin_prick",)))
        ),
        "reported": Case(
            sense=(
                numb,
                sense("web1", "paraesthesia"),
                sense("heel_lateral", "hyperalgesia", "right"),
                sense("web1", "normal", source="reported"),
            )
        ),
        "a dermatome": Case(sense=(dermatome("L5", "reduced"), dermatome("S1", "normal", "right"))),
        "saddle": Case(
            sense=each_saddle(known, "reduced"),
            sphincter=abnormal,
            reflexes=(reflex("ankle", "absent"), reflex("ankle", "reduced", "right")),
        ),
        "sound saddle": Case(sense=each_saddle(known, "normal"), sphincter=normal, power=(power("ankle_plantarflexion", 3),)),
        "tingling saddle": Case(
            sense=each_saddle(known, "paraesthesia"), power=(power("ankle_plantarflexion", 2), power("ankle_plantarflexion", 4, "right"))
        ),
        "reflexes": Case(age=85, reflexes=tuple(reflex(r.id, "normal" if r.kind == "plantar" else "reduced") for r in known.reflexes)),
        "upper motor neuron": Case(
            reflexes=(reflex("knee", "brisk"), reflex("ankle", "clonus"), reflex("plantar", "upgoing"), reflex("plantar", "mute", "right"))
        ),
        "tests": Case(
            tests=(
                sign(reads.id),
                sign(reads.id, "negative", "right"),
                sign(rated.id),
                sign(sided.id),
                sign(sided.id, "negative", "right"),
                sign(whole.id, side=None),
            )
        ),
        "story": Case(
            side="left",
            tempo=Tempo("days", "worsening"),
            history=(told(known.history[0].id), told(known.history[1].id, present=False), told(known.history[2].id, side="left")),
        ),
        "diabetes": Case(age=66, history=(told("diabetes"),), reflexes=(reflex("ankle", "absent"),)),
        "pain": Case(pain=(pain(known.pain_regions[0].id), pain(known.pain_regions[1].id, present=False, side=None))),
        "studies": Case(
            tempo=Tempo(duration_days=60),
            investigations=(
                study(needle.id, "denervation", muscle="tibialis_anterior"),
                study(needle.id, "normal", muscle="soleus"),
                study(snap, "reduced"),
                study(snap, "normal", "right"),
                study(image.id, found, None),
            ),
        ),
        "early needle": Case(tempo=Tempo(duration_days=5), investigations=(study(needle.id, "normal", muscle="tibialis_anterior"),)),
        "two lesions": Case(
            side="bilateral",
            age=74,
            power=(power("ankle_dorsiflexion", 2), power("knee_extension", 3, "right")),
            sense=(sense("web1", "reduced"),),
            reflexes=(reflex("knee", "absent", "right"), reflex("ankle", "absent"), reflex("ankle", "absent", "right")),
        ),
    }


def _part(name: str, choices: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """Some findings of one kind, each with a place of its own in the file."""
    return st.lists(choices, max_size=most).map(lambda found: tuple(replace(f, origin=origin(f"{name}[{n}]")) for n, f in enumerate(found)))


def cases(known: Knowledge) -> st.SearchStrategy[Case]:
    """Any case at all: consistent or not, likely or not."""
    side, maybe = st.sampled_from(("left", "right")), st.sampled_from(("left", "right", None))
    pick: Callable[[Any], st.SearchStrategy[str]] = lambda records: st.sampled_from([r.id for r in records])  # noqa: E731
    grades = st.sampled_from((0, 1, 2, 3, 3.5, 4, 4.5, 4.75, 5))
    moved = pick(known.movements).map(lambda m: {"movements": ((m, 1.0),)}) | pick(known.muscles).map(lambda m: {"muscles": ((m, 1.0),)})
    strengths = st.builds(
        lambda s, v, g, what: Power(origin(""), s, v, g, **what),
        side,
        st.sampled_from(("graded", "graded", "weak", "give_way", "limited_by_pain")),
        grades,
        moved | st.just({"rest": True}),
    )
    patch = st.lists(st.tuples(pick(known.skin_sites), st.sampled_from((0.3, 1.0))), min_size=1, max_size=3, unique_by=lambda t: t[0]).map(
        tuple
    )
    modality = st.lists(st.sampled_from(("light_touch", "pin_prick", "temperature", "vibration", "position")), max_size=2, unique=True).map(
        tuple
    )
    values = st.sampled_from(("normal", "reduced", "absent", "paraesthesia", "hyperalgesia"))
    feelings = st.builds(
        Sense,
        st.just(origin("")),
        side,
        values,
        patch,
        modality,
        st.sampled_from(("tested", "reported", "unknown")),
        st.sampled_from((None, None, "L4", "L5", "S1")),
    )
    jerks = st.builds(
        reflex,
        pick([r for r in known.reflexes if r.kind != "plantar"]),
        st.sampled_from(("normal", "reduced", "absent", "brisk", "clonus")),
        side,
    )
    toes = st.builds(reflex, pick([r for r in known.reflexes if r.kind == "plantar"]), st.sampled_from(("normal", "mute", "upgoing")), side)
    signs = st.builds(sign, pick(known.tests), st.sampled_from(("positive", "negative")), side)
    stories = st.builds(told, pick(known.history), st.booleans(), maybe)
    pains = st.builds(pain, pick(known.pain_regions), st.booleans(), maybe)
    results = st.sampled_from([(i.id, r) for i in known.investigations for r in i.results])
    studies = results.flatmap(lambda pair: st.builds(study, st.just(pair[0]), st.just(pair[1]), maybe))
    needles = st.builds(
        study,
        pick([i for i in known.investigations if i.kind == "needle_emg"]),
        st.sampled_from(("denervation", "normal")),
        side,
        muscle=pick(known.muscles),
    )
    return st.builds(
        lambda saddle, sense, **parts: Case(sense=(*sense, *(each_saddle(known, saddle) if saddle else ())), **parts),
        saddle=st.sampled_from((None, None, "normal", "reduced", "paraesthesia")),
        age=st.none() | st.integers(18, 95).map(float),
        sex=st.sampled_from((None, "F", "M")),
        side=st.sampled_from((None, "left", "right", "bilateral")),
        tempo=st.builds(
            Tempo,
            st.sampled_from((None, "sudden", "weeks")),
            st.sampled_from((None, "worsening")),
            st.none(),
            st.sampled_from((None, 5.0, 90.0)),
        ),
        power=_part("power", strengths, 4),
        sense=_part("sensory", feelings, 4),
        reflexes=_part("reflexes", jerks | toes, 3),
        tests=_part("tests", signs, 3),
        history=_part("history", stories, 3),
        pain=_part("pain", pains, 2),
        sphincter=_part("sphincter", pick(known.sphincter).map(sphincter), 2),
        investigations=_part("investigations", studies | needles, 2),
    )


def mirrored(case: Case) -> Case:
    """The same patient in a mirror."""
    turned = {
        kind: tuple(replace(f, side=OTHER.get(f.side, f.side)) if hasattr(f, "side") else f for f in getattr(case, kind)) for kind in KINDS
    }
    return replace(case, side=OTHER.get(case.side, case.side), **turned)


def all_past(case: Case) -> Case:
    """The same file, every finding marked as known to be old."""
    return replace(case, **{kind: tuple(replace(f, past=True) for f in getattr(case, kind)) for kind in KINDS})
