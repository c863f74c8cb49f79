"""The compiled sums of the ensemble: what `ensemble` adds up with NumPy for a side under many members. See `kernel`.

The axis n holds member after member, each with its anatomies; (n, p, x, c) is what is read, by pattern, loss and background. Places are
found in the precision of what is kept, as NumPy finds them.
"""

import numpy as np
from numba import njit

from lasegue.inference.kernel import BACKGROUNDS, MOTOR_OF, SENSORY_OF, STATES
from lasegue.model.terms import ARC_FOR_BRISK


@njit(cache=True, nogil=True)
def placed(kept, background, steps):
    """Grid places of what is kept, (n, p, x), under each background. `steps`: see `compiled_members`."""
    found = np.empty((*kept.shape, BACKGROUNDS), np.uint8)
    flat, out = kept.reshape(-1), found.reshape(-1, BACKGROUNDS)
    for j in range(len(flat)):
        for c in range(BACKGROUNDS):
            at = flat[j] * background[c] * steps[0] + steps[1]
            out[j, c] = np.uint8(min(max(at, steps[3]), steps[2]))
    return found


@njit(cache=True, nogil=True)
def times(well, badly, at, table, beside):
    """Multiply by a table's values (2, grid) at places, by reliability: (n, p, states). `beside` (n or 1, p) is a second cause."""
    good, poor = table[0], table[1]
    for n in range(len(at)):
        for p in range(at.shape[1]):
            spare = 1.0 - beside[n if len(beside) > 1 else 0, p]
            row, one, two = at[n, p], well[n, p], badly[n, p]
            for j in range(len(row)):
                one[j] *= 1.0 - (1.0 - good[row[j]]) * spare
                two[j] *= 1.0 - (1.0 - poor[row[j]]) * spare


@njit(cache=True, nogil=True)
def over_trust(well, badly, trust, maps, count):
    """Mix over reliability and maps, which stand before the `count` anatomies: (count, p, states)."""
    found = np.zeros((count, *well.shape[1:]))
    for d in range(len(maps)):
        one, two = maps[d] * trust[0], maps[d] * trust[1]
        found += one * well[d * count : (d + 1) * count] + two * badly[d * count : (d + 1) * count]
    return found


@njit(cache=True, nogil=True)
def reflex(out, motor, sensory, background, table, ups, exaggerated, steady, steps):
    """Multiply by P(reflex | what is left of its arc): out (n, p, states, c); motor and sensory (n, p, losses)."""
    for n in range(len(out)):
        for p in range(out.shape[1]):
            for s in range(STATES):
                kept = motor[n, p, MOTOR_OF[s]] * sensory[n, p, SENSORY_OF[s]]
                for c in range(BACKGROUNDS):
                    left = kept * background[c]
                    value = table[int(min(max(left * steps[0] + steps[1], 0.0), steps[2]))]
                    if ups[p] > 0.0:
                        up = ups[p] if steady else ups[p] * min(1.0, left / ARC_FOR_BRISK)
                        value = (1.0 - up) * value + up * exaggerated
                    out[n, p, s, c] *= value


@njit(cache=True, nogil=True)
def summed(found, anatomy, strong, felt, jerk, there):
    """Sum over each member's anatomies, into found (members, p, states, c). `there` says which of power, skin and arcs have findings."""
    found[:] = 0.0
    for n in range(len(found) * len(anatomy)):
        m, share = n // len(anatomy), anatomy[n % len(anatomy)]
        for p in range(found.shape[1]):
            for s in range(STATES):
                for c in range(BACKGROUNDS):
                    value = share
                    if there[0]:
                        value *= strong[n, p, MOTOR_OF[s] * BACKGROUNDS + c]
                    if there[1]:
                        value *= felt[n, p, SENSORY_OF[s] * BACKGROUNDS + c]
                    if there[2]:
                        value *= jerk[n, p, s, c]
                    found[m, p, s, c] += value
