"""A measurement that does not run any more is found by the tests, not months later."""

import re
import subprocess
import sys

import pytest

from tests.setup.conftest import ROOT


def test_the_append_benchmark_measures_both_ways_and_their_ratio(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "append.py", "5"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    driver, core = map(float, re.findall(r"([\d.]+) ms", done.stdout))
    ratio = float(re.search(r"ratio\s+([\d.]+)", done.stdout)[1])
    assert driver > 0
    assert core > 0
    assert ratio == pytest.approx(core / driver, rel=0.2)  # printed figures are rounded
