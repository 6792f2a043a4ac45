"""A small random generator for compiled code: xoshiro256++ (Blackman & Vigna 2021), the same on every machine."""

import numpy as np
from numpy.typing import NDArray

from uncounted.estimate.compiled import compiled
from uncounted.estimate.tables import Floats

State = NDArray[np.uint64]


def states(seed: int, stream: int, count: int) -> NDArray[np.uint64]:
    """``count`` independent generators (count × 4) that follow from a seed and the number of a stream."""
    children = np.random.SeedSequence([seed, stream]).spawn(count)
    return np.array([child.generate_state(4, np.uint64) for child in children])


@compiled
def _turn(x: np.uint64, k: int) -> np.uint64:
    return (x << np.uint64(k)) | (x >> np.uint64(64 - k))


@compiled
def uniform(state: State) -> float:
    """A number in (0, 1)."""
    result = _turn(state[0] + state[3], 23) + state[0]
    t = state[1] << np.uint64(17)
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= t
    state[3] = _turn(state[3], 45)
    return (float(result >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@compiled
def normals(state: State, out: Floats) -> None:
    """Fill an array with standard normal numbers (Box & Muller 1958)."""
    at = 0
    while at < out.shape[0]:
        radius = np.sqrt(-2.0 * np.log(uniform(state)))
        angle = 2.0 * np.pi * uniform(state)
        out[at] = radius * np.cos(angle)
        if at + 1 < out.shape[0]:
            out[at + 1] = radius * np.sin(angle)
        at += 2
