"""Runs of the evaluation for a browser to look at, in a process without a loop of its own.

python -m tests.browser.support.scripted_runs FOLDER
"""

import sys
from pathlib import Path

from tests.runs.making import RIGHT, SUMS, WRONG, make_run


def make_runs(folder: Path) -> None:
    options = ["--samples", "4", "--runs", "2"]
    texts = RIGHT, WRONG, WRONG, "I pass."
    make_run(folder / "tiny", SUMS, *texts, options=options, reasoning="Hm.")
    make_run(folder / "worse", SUMS, WRONG, options=["--recipe", "r1"])
    make_run(folder / "damaged", SUMS, WRONG)
    (folder / "damaged" / "run.json").write_text("{")


if __name__ == "__main__":
    make_runs(Path(sys.argv[1]))
