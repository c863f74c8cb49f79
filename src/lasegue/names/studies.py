"""Investigations: which study a name means, and what its result says: level, zone, finding, number."""

import re
from dataclasses import dataclass, replace

from lasegue.errors import UnknownName
from lasegue.knowledge.records import Investigation
from lasegue.names.amounts import in_words
from lasegue.names.facts import Facts
from lasegue.names.fold import fold, plain, tokens
from lasegue.names.index import Index
from lasegue.names.levels import find_discs, named_roots, split_roots
from lasegue.names.nearest import nearest
from lasegue.names.phrases import Phrases, segments
from lasegue.names.reports import names_of
from lasegue.names.sides import sides_in, split_side

_ZONES = (
    ("extraforaminal", re.compile(r"\bextra[\s-]*foraminal|\bfar[\s-]*(?:out\s+)?lateral|\bextreme\s+lateral")),
    (
        "paracentral",
        re.compile(
            r"\bpara[\s-]*(?:central|median)|\bposterolateral|\bpostero-lateral|\bsub[\s-]*articular|\blateral\s+recess|\brecessal|\bmediolateral"
        ),
    ),
    ("foraminal", re.compile(r"\b(?:neuro)?foramin(?:al|a)\b|\bforamen\b")),
    ("central", re.compile(r"\bcentral\b|\bmedian\b|\bmidline\b")),
)
_NAME_NOISE = frozenset(
    "scan imaging with without contrast of test study measurement level serum plasma blood result and urgent repeat on at bedside "
    "gadolinium amplitude in to needle gd recording spine examination sensory motor nerve".split()
)
_NO = frozenset("no not without nil excluded neither nor absence".split())
_NUMBER = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)\s*(?:ml|mls|cc|u/l|iu/l|mg/dl|mmol/mol|%|g/l|mm|mm/h|ng/l|pg/ml|m/s)?(?![\w/-])")
_FINE = ("normal", "no_relief")
_DEMYELINATING = re.compile(r"\b(?:temporal dispersion|uniform slowing|demyelinating)\b")


@dataclass(frozen=True, slots=True)
class StudyResult:
    """One result of one investigation."""

    investigation: str
    result: str
    side: str | None = None
    nerve: str | None = None
    level: str | None = None
    zone: str | None = None
    root: str | None = None
    number: float | None = None


_ANYWHERE = re.compile(r"^(?:mri?|ct|x[\s-]?rays?|ultrasound|us|scan|imaging|radiographs?)$")
_PLACES = re.compile(
    r"\b(?:brain|head|pelvi[sc]|plexus|thigh|knee|hip|foot|ankle|calf|whole spine|thoracic|cervical|abdom\w+|lumbar|lumbosacral)\b"
)
_VERTEBRAL = re.compile(r"\b(?:[ls][1-5]|disc|vertebrae?|pedicles?|laminae?|facets?|foram\w+|canal|thecal sac|roots?|transverse process)\b")


class Studies:
    """Resolves investigations and their results."""

    def __init__(self, facts: Facts) -> None:
        self.index = Index("investigation", facts.investigations)
        self._known = {study.id: study for study in facts.investigations}
        self._nerves = Index("nerve", facts.nerves)
        self._results = {study.id: Phrases(names_of(tuple(study.results))) for study in facts.investigations}

    def nerve(self, text: str) -> str | None:
        """The nerve of a wording, or None."""
        bare, _ = split_side(text)
        return self._nerves.find(bare) or self._nerves.find(re.sub(r"\bnerves?\b", " ", plain(bare)))

    def _nerve_within(self, text: str) -> str | None:
        """The nerve that a report names: "common peroneal neuropathy at the fibular head", "ganglion of the tibial nerve"."""
        words = [token.text for token in tokens(text)]
        for length in range(min(4, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                if found := self._nerves.find(" ".join(words[first : first + length])):
                    return found
        return None

    def find(self, name: str, *, part: str = "", response: str = "", report: str = "") -> tuple[str, str | None]:
        """The study that a name, a nerve or muscle and a response mean together, and the side in the name. Raises UnknownName.

        Of a scan whose name does not say of what, the `report` may: "MRI: parasagittal meningioma of the brain".
        """
        bare, side = split_side(name)
        if _ANYWHERE.match(plain(bare)):
            place = _PLACES.search(plain(report))
            bare = f"{bare} {place.group() if place else 'lumbar' if _VERTEBRAL.search(plain(report)) else ''}".strip()
        where, _ = split_side(part)
        named = f"{bare} {where} {response}", f"{response} {where}" if response else "", f"{bare} {where}", where
        wordings = (*named, f"{bare} {response}", bare)
        found = next((identifier for words in wordings if words.strip() and (identifier := self.index.find(words))), None)
        # Without an exact name the words of the nerve and the response still pick the study where they are part of its name.
        if where and (found == "ncs" or self.index.find(bare) == "ncs"):
            found = self.index.find(f"{where} ncs") or self.index.find(f"ncs {where}") or self._inside(f"{where} ncs")
        found = found or self._inside(f"{response} {where}" if response else "") or self._inside(f"{bare} {where}") or self._inside(bare)
        if found is None:
            raise self.index.unknown(name)
        return found, side

    def _inside(self, text: str) -> str | None:
        """The longest known name within a wording whose other words name a part of the body or say nothing."""
        words = [token.text for token in tokens(text)]
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                identifier = self.index.find(" ".join(words[first : first + length]))
                if identifier and (length > 1 or len(words[first]) > 2):
                    return identifier
        return None

    def read(self, identifier: str, result: object, *, number: float | None = None) -> tuple[list[StudyResult], tuple[str, ...]]:
        """The results that a wording states of one study, and the words left over. Raises UnknownName."""
        study = self._known[identifier]
        if isinstance(result, bool):
            result = "positive" if result else "negative"
        if isinstance(result, int | float):
            number, result = float(result), ""
        text = "" if result is None else in_words(identifier, str(result))
        if identifier.startswith("ncs_") and _DEMYELINATING.search(text):
            return [StudyResult("ncs", "demyelinating")], ()
        if number is None and study.measure and (match := _NUMBER.search(plain(text))):
            number = float(match[1])
        if number is not None and study.measure:
            return [StudyResult(identifier, _by_measure(study, number), number=number)], ()
        found, left = self._stated(study, text)
        if not found and identifier == "needle_emg":  # a conclusion, which the needle shares with conduction studies
            found, left = self._stated(self._known["ncs"], text)
        if not found:
            shown = {fold(key): key.replace("_", " ") for key in study.results}
            raise UnknownName(text, f"result of {study.name}", nearest(fold(text), shown) or tuple(shown.values())[:3])
        return found, left

    def _stated(self, study: Investigation, text: str) -> tuple[list[StudyResult], tuple[str, ...]]:
        found: list[StudyResult] = []
        left: list[str] = []
        denied = False
        context = StudyResult(study.id, "")
        parts = re.split(r"[;,]|\band\b(?!\s*(?:left\s+|right\s+)?[ls]\d)|\bplus\b|\bwith\b(?=.*\b[LST]\d)", text, flags=re.IGNORECASE)
        for whole, piece in ((part, piece) for part in parts for piece in segments(part)):
            words = whole[piece.words[0].start : piece.words[-1].end]
            context = _located(context, words)
            hits = self._results[study.id].scan(piece.words)
            said = [
                hit for hit in hits if hit.item in _FINE or not any(word.text in _NO and word.start < hit.start for word in piece.words)
            ]
            denied = denied or len(said) < len(hits)
            context = replace(context, nerve=self._nerve_within(words) or context.nerve)
            if any(hit.item == "mass" for hit in said):  # an enhancing mass is a mass
                said = [hit for hit in said if hit.item != "root_enhancement"]
            found += [replace(context, result=_at_level(study, hit.item, context)) for hit in said]
            if not hits and not _only_place(words):
                left.append(words)
        if not found and denied:
            found = [StudyResult(study.id, result) for result in _FINE if result in study.results][:1]
        if any(one.result == "mononeuropathy" for one in found):  # "axonal sciatic neuropathy" is of the sciatic nerve alone
            found = [one for one in found if one.result != "axonal_neuropathy"]
        abnormal = [one for one in found if one.result not in _FINE]
        return list(dict.fromkeys(abnormal or found)), tuple(left)


def _at_level(study: Investigation, result: str, where: StudyResult) -> str:
    """A disc at a named level, or a mass in a foramen, is evidence for the roots it reaches, and files under a result of its own."""
    if result == "disc_herniation" and where.level and "disc_at_level" in study.results:
        return "disc_at_level"
    if result == "mass" and where.level and where.zone in {"foraminal", "extraforaminal"} and "foraminal_mass" in study.results:
        return "foraminal_mass"
    return result


def _located(before: StudyResult, text: str) -> StudyResult:
    """The level, root, zone and side that a piece names; what it does not name holds on from the piece before."""
    discs = find_discs(text)
    roots = named_roots(text)
    zone = next((name for name, pattern in _ZONES if pattern.search(plain(text))), None)
    sides = sides_in(text)
    return StudyResult(
        before.investigation,
        "",
        sides.pop() if len(sides) == 1 else before.side,
        before.nerve,
        discs[0] if discs else before.level,
        zone or before.zone,
        "+".join(roots) or before.root,
    )


def _only_place(words: str) -> bool:
    """Whether a piece names a level, a zone or a side and nothing else."""
    _, rest = split_roots(words)
    rest, _ = split_side(rest)
    for _, pattern in _ZONES:
        rest = pattern.sub(" ", plain(rest))
    return all(word in _NAME_NOISE or word.isdigit() for word in fold(rest).split())


def _by_measure(study: Investigation, number: float) -> str:
    """The result that a number means: beyond the study's bound the first that it lists, else normal."""
    assert study.measure is not None
    beyond = number < study.measure.bound if study.measure.positive == "below" else number > study.measure.bound
    abnormal = next((result for result in study.results if result not in _FINE), "positive")
    return abnormal if beyond else "normal"
