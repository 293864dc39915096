"""Whoever stops a set-up in the middle gets their prompt back, and the next start begins anew."""

import json
import os
import signal
import subprocess

import pytest

from deploy.environment import MARK
from tests.setup.conftest import BASE_PYTHON, OUTER_MAKE


@pytest.mark.parametrize("asked_by", [signal.SIGTERM, signal.SIGINT])
def test_a_set_up_stopped_in_the_middle_says_so_and_counts_as_unfinished(checkout, asked_by):
    around = {name: value for name, value in os.environ.items() if name not in OUTER_MAKE}
    with subprocess.Popen(
        ["make", "bench"],
        cwd=checkout.folder,
        env={**around, "PYTHON": BASE_PYTHON},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as making:
        for line in making.stdout:
            if line.startswith("3/4"):
                break
        os.killpg(making.pid, asked_by)
        said, _ = making.communicate(timeout=30)
    assert making.returncode != 0
    assert "Stopped." in said
    assert "Traceback" not in said
    mark = checkout.folder / ".venv" / MARK
    assert not mark.exists() or "made_for" not in json.loads(mark.read_text() or "{}")
