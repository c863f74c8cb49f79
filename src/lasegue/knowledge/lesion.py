"""What a lesion is: how it acts on each side, how severe it tends to be, who has it and what should be done."""

from typing import Literal

import msgspec

from lasegue.knowledge.records import Named, Shares

Action = Literal["emergency", "urgent", "investigate", "conservative", "no_nerve_lesion"]


class LengthRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A length-dependent loss: a fibre longer than `from_cm` is hurt, with a soft edge of `width_cm`; scaled for motor and sensory
    fibres.
    """

    from_cm: float
    width_cm: float = 6.0
    motor: float = 1.0
    sensory: float = 1.0


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a lesion acts on one side of the body.

    `cuts` are segments of the wiring with the share of their fibres that the full lesion takes. `losses` act at the target
    itself, in the same measure. `modality` scales sensory loss by modality (1 where it is not named). `brisk` gives, by
    reflex, the chance that an upper motor neuron lesion exaggerates it; `upgoing` the chance of an extensor plantar;
    `reflex_losses` what an arc loses beyond what its muscles lose, and `arcs` how much of a loss at the muscle itself its jerk shows: all
    where fibres die, some where muscle or junction fail, none where will, pain or the upper motor neuron make it weak. `sphincters` is the
    share of sphincter control lost centrally. `acute` marks a form that is seen in the first weeks only. `electric` is False where needle
    EMG and sensory potentials stay as they are: brain, cord, will, pain, tendon, and a nerve that is numbed and not hurt.
    """

    cuts: Shares = {}
    losses: Shares = {}
    length: LengthRule | None = None
    modality: Shares = {}
    brisk: Shares = {}
    upgoing: float = 0.0
    reflex_losses: Shares = {}
    arcs: float = 1.0
    sphincters: float = 0.0
    electric: bool = True
    acute: bool = False


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One form of a lesion: its share among the forms and the pattern on the near (symptomatic) and far side."""

    weight: float
    near: str
    far: str = "intact"


class Severity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shares of lesions that irritate only, are mild, moderate, severe, complete; and which fibres suffer more."""

    levels: tuple[float, float, float, float, float]
    motor: float = 0.15
    sensory: float = 0.25


class Lesion(Named, frozen=True, kw_only=True):
    """A lesion that competes for the answer.

    `prior` is attendances per 1,000 people seen with a leg complaint, by setting; `bilateral` the share with both sides hit.
    `near_only` variants make the left and right rows, `both` variants the bilateral row; either may be empty.
    `age` multiplies the prior under 30, 30-49, 50-64, 65-79, 80 and over; `male` is the share of men.
    `coupling` is the chance that both sides are equally severe. `prevalence` is how often it lies unnoticed in adults, for second
    lesions. `irritates` is the chance of tingling in its reach.
    """

    action: Action
    prior: Shares
    bilateral: float
    severity: Severity
    one_sided: tuple[Variant, ...] = ()
    both: tuple[Variant, ...] = ()
    irritates: float = 0.5
    coupling: float = 0.55
    age: tuple[float, float, float, float, float] = (1.0, 1.0, 1.0, 1.0, 1.0)
    male: float = 0.5
    prevalence: float = 0.001
    roots: tuple[str, ...] = ()
    confusions: tuple[str, ...] = ()


class SidePattern(Named, frozen=True, kw_only=True):
    """A named pattern, shared by the variants that use it."""

    acts: Pattern


class Composite(Named, frozen=True, kw_only=True):
    """Two families that occur together `times` as often as chance would have it."""

    parts: tuple[str, str]
    times: float


class Cause(Named, frozen=True, kw_only=True):
    """What hurts a root. `base` is its share among root lesions, `age` multiplies it by age band; `zones` is where on the canal it sits.

    `history` gives P(item | cause) for the items that tell causes apart; `imaging` lists results that show it. `also` is its share among
    other lesions that it makes.
    """

    base: float
    age: tuple[float, float, float, float, float]
    zones: Shares
    history: Shares = {}  # noqa: RUF012 - msgspec copies the default
    imaging: tuple[str, ...] = ()
    also: Shares = {}  # noqa: RUF012 - msgspec copies the default
