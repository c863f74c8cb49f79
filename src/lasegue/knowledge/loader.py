"""From files to records: the compiled knowledge where it is fresh, the YAML itself where it is not."""

import hashlib
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from lasegue.errors import KnowledgeError
from lasegue.knowledge.claim import Claim, Conflict
from lasegue.knowledge.figure import Figure, Retired
from lasegue.knowledge.kinds import KINDS
from lasegue.knowledge.lesion import Cause, Composite, Lesion, SidePattern
from lasegue.knowledge.records import (
    HistoryItem,
    Investigation,
    Movement,
    MovementGroup,
    Muscle,
    MustAsk,
    Nerve,
    PainRegion,
    Question,
    Record,
    RedFlag,
    Reflex,
    Root,
    SkinBranch,
    SkinGroup,
    SkinSite,
    Source,
    SphincterItem,
    Test,
)

KNOWLEDGE_VERSION: Final = "2026.11"
HOME: Final = Path(__file__).parent
COMPILED: Final = "compiled.json"
MADE_OF: Final = "compiled.of"


class Knowledge(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """All records, one tuple a kind, and a lookup by id for each: `knowledge.muscle["soleus"]`."""

    version: str
    digest: str
    sources: tuple[Source, ...] = ()
    roots: tuple[Root, ...] = ()
    nerves: tuple[Nerve, ...] = ()
    skin_branches: tuple[SkinBranch, ...] = ()
    muscles: tuple[Muscle, ...] = ()
    movements: tuple[Movement, ...] = ()
    movement_groups: tuple[MovementGroup, ...] = ()
    reflexes: tuple[Reflex, ...] = ()
    skin_sites: tuple[SkinSite, ...] = ()
    skin_groups: tuple[SkinGroup, ...] = ()
    patterns: tuple[SidePattern, ...] = ()
    lesions: tuple[Lesion, ...] = ()
    composites: tuple[Composite, ...] = ()
    causes: tuple[Cause, ...] = ()
    history: tuple[HistoryItem, ...] = ()
    pain_regions: tuple[PainRegion, ...] = ()
    tests: tuple[Test, ...] = ()
    investigations: tuple[Investigation, ...] = ()
    sphincter: tuple[SphincterItem, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    questions: tuple[Question, ...] = ()
    must_ask: tuple[MustAsk, ...] = ()
    evidence: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    retired: tuple[Retired, ...] = ()

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return _by_id(self.sources)

    @cached_property
    def root(self) -> dict[str, Root]:
        """Roots by id."""
        return _by_id(self.roots)

    @cached_property
    def nerve(self) -> dict[str, Nerve]:
        """Nerves by id."""
        return _by_id(self.nerves)

    @cached_property
    def skin_branch(self) -> dict[str, SkinBranch]:
        """Cutaneous branches by id."""
        return _by_id(self.skin_branches)

    @cached_property
    def muscle(self) -> dict[str, Muscle]:
        """Muscles by id."""
        return _by_id(self.muscles)

    @cached_property
    def movement(self) -> dict[str, Movement]:
        """Movements by id."""
        return _by_id(self.movements)

    @cached_property
    def movement_group(self) -> dict[str, MovementGroup]:
        """Groups of movements by id."""
        return _by_id(self.movement_groups)

    @cached_property
    def reflex(self) -> dict[str, Reflex]:
        """Reflexes by id."""
        return _by_id(self.reflexes)

    @cached_property
    def skin_site(self) -> dict[str, SkinSite]:
        """Skin sites by id."""
        return _by_id(self.skin_sites)

    @cached_property
    def skin_group(self) -> dict[str, SkinGroup]:
        """Groups of skin sites by id."""
        return _by_id(self.skin_groups)

    @cached_property
    def pattern(self) -> dict[str, SidePattern]:
        """Patterns of action by id."""
        return _by_id(self.patterns)

    @cached_property
    def lesion(self) -> dict[str, Lesion]:
        """Lesions by id."""
        return _by_id(self.lesions)

    @cached_property
    def history_item(self) -> dict[str, HistoryItem]:
        """History items by id."""
        return _by_id(self.history)

    @cached_property
    def pain_region(self) -> dict[str, PainRegion]:
        """Pain regions by id."""
        return _by_id(self.pain_regions)

    @cached_property
    def test(self) -> dict[str, Test]:
        """Bedside tests by id."""
        return _by_id(self.tests)

    @cached_property
    def investigation(self) -> dict[str, Investigation]:
        """Investigations by id."""
        return _by_id(self.investigations)

    @cached_property
    def sphincter_item(self) -> dict[str, SphincterItem]:
        """Sphincter findings by id."""
        return _by_id(self.sphincter)

    @cached_property
    def red_flag(self) -> dict[str, RedFlag]:
        """Red flags by id."""
        return _by_id(self.red_flags)

    @cached_property
    def question(self) -> dict[str, Question]:
        """Questions of the red-flag net by id."""
        return _by_id(self.questions)

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims of the origin documents by id."""
        return _by_id(self.claims)

    @cached_property
    def conflict(self) -> dict[str, Conflict]:
        """Conflicts between texts by id."""
        return _by_id(self.conflicts)

    @cached_property
    def figure(self) -> dict[str, Figure]:
        """Published figures by id."""
        return _by_id(self.evidence)


T = TypeVar("T", bound=Record)


def _by_id(records: tuple[T, ...]) -> dict[str, T]:
    return {record.id: record for record in records}


def digest(texts: dict[str, bytes]) -> str:
    """A fingerprint of all data files."""
    whole = hashlib.blake2b(digest_size=16)
    for name in sorted(texts):
        whole.update(name.encode() + b"\0" + texts[name] + b"\0")
    return whole.hexdigest()


def read_texts(folder: Path) -> dict[str, bytes]:
    """The data files of the known kinds, by kind."""
    return {kind: (folder / f"{kind}.yaml").read_bytes() for kind in KINDS if (folder / f"{kind}.yaml").is_file()}


def _strict_loader(name: str) -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Strict(base):  # type: ignore[misc]
        """A safe loader that refuses a key that stands twice."""

    def mapping(loader: Any, node: Any) -> dict[Any, Any]:
        keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise KnowledgeError([f"{name}.yaml: line {node.start_mark.line + 1}: the key {key} stands twice" for key in twice])
        return dict(zip(keys, (loader.construct_object(value, deep=True) for _, value in node.value), strict=True))

    Strict.add_constructor("tag:yaml.org,2002:map", mapping)
    return Strict


def parse_yaml(text: bytes, name: str) -> Any:
    """YAML with duplicate keys refused."""
    import yaml

    try:
        return yaml.load(text, Loader=_strict_loader(name))
    except yaml.YAMLError as error:
        raise KnowledgeError([f"{name}.yaml: {error}"]) from error


def parse(texts: dict[str, bytes]) -> Knowledge:
    """Typed records of all kinds; a file that does not fit its record type is refused with its place."""
    found: dict[str, Any] = {}
    faults = []
    for kind, text in texts.items():
        for n, raw in enumerate(parse_yaml(text, kind) or []):
            try:
                found.setdefault(kind, []).append(msgspec.convert(raw, KINDS[kind]))
            except msgspec.ValidationError as error:
                faults.append(f"{kind}.yaml: record {n + 1} ({raw.get('id') if isinstance(raw, dict) else raw}): {error}")
    if faults:
        raise KnowledgeError(faults)
    return Knowledge(version=KNOWLEDGE_VERSION, digest=digest(texts), **{kind: tuple(records) for kind, records in found.items()})


def compiled(folder: Path) -> bytes:
    """The data files of a folder in the form that loads without YAML."""
    return msgspec.json.encode(parse(read_texts(folder)))


def _decoded(content: bytes) -> Knowledge | None:
    try:
        return msgspec.json.decode(content, type=Knowledge)
    except msgspec.DecodeError:  # made by a version with other record types
        return None


def states(folder: Path) -> str:
    """Size and time of each data file: while these stand, the files need not be read to know that they are the same."""
    found = ((kind, folder / f"{kind}.yaml") for kind in sorted(KINDS))
    return "".join(f"{kind} {file.stat().st_size} {file.stat().st_mtime_ns}\n" for kind, file in found if file.is_file())


def write_compiled(home: Path) -> Path:
    """Keep the compiled form of `data/` in a folder, and the state of the files that it was made of."""
    target = home / COMPILED
    target.write_bytes(compiled(home / "data"))
    (home / MADE_OF).write_text(states(home / "data"), encoding="utf-8")
    return target


@cache
def load() -> Knowledge:
    """The knowledge in the package. The compiled form is used when it was made of just these data files, or when there are none."""
    made, seen, now = HOME / COMPILED, HOME / MADE_OF, states(HOME / "data")
    knowledge = _decoded(made.read_bytes()) if made.is_file() else None
    if knowledge and (not now or (seen.is_file() and seen.read_text(encoding="utf-8") == now)):
        return knowledge
    texts = read_texts(HOME / "data")
    if knowledge and knowledge.digest == digest(texts):
        return knowledge
    if not texts:
        raise KnowledgeError(["the package holds no knowledge: neither data files nor their compiled form"])
    return parse(texts)
