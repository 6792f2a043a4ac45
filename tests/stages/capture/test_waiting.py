"""A coroutine is brought to its end whether or not a loop runs in the thread that waits."""

import asyncio

import pytest

from uncounted.stages.capture.waiting import finished


async def _seven() -> int:
    await asyncio.sleep(0)
    return 7


async def _fault() -> int:
    raise ValueError("said aloud")


def test_without_a_loop() -> None:
    assert finished(_seven()) == 7


def test_within_a_running_loop() -> None:
    async def inside() -> int:
        return finished(_seven())

    assert finished(inside()) == 7


def test_what_it_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="said aloud"):
        finished(_fault())
