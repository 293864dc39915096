"""What holds for every test: how hypothesis looks for counter-examples.

Here each run looks anew; in CI every run looks at the same examples, so that a red run can be
repeated. No deadline, because two cores are shared by all tests.
"""

import os

from hypothesis import HealthCheck, settings

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("here", **SHARED)
settings.register_profile("ci", derandomize=True, print_blob=True, **SHARED)
settings.load_profile("ci" if os.environ.get("CI") else "here")
