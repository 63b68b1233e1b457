"""Random estates: all edits of a report hold together, and most of what is mandatory has some.

Some hundreds are tried; `CENGUARD_ESTATES=10000` tries more.
"""

import os
import random

import pytest

from tests.held import assert_holds, covered, mandatory
from tests.test_random_estates import random_estate, world_of

COUNT = int(os.environ.get("CENGUARD_ESTATES", "240"))
CHUNKS = 4


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_edits_of_random_estates_hold_together(chunk):
    with_edits = total = 0
    for seed in range(chunk, COUNT, CHUNKS):
        estate = random_estate(random.Random(seed))
        world = world_of(estate)
        try:
            report = assert_holds([world.records()], world.options())
        except AssertionError as error:
            raise AssertionError(f"estate {seed}: {estate}: {error}") from None
        total += len(mandatory(report))
        with_edits += len(mandatory(report) & covered(report))
    assert with_edits >= 0.8 * total, (with_edits, total)
