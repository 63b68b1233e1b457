"""What every test shares: generated cases are the same in each run, so that a red run means a change."""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None)
settings.register_profile("explore", max_examples=2000)  # HYPOTHESIS_PROFILE=explore scripts/test …: to look for new ones
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
