"""Takes the pictures of README.md and of the manuals in docs/ anew.

python -m tests.browser.support.manual
"""

import shutil
import subprocess
import sys

from tests.browser import test_administration, test_demonstration, test_weeks
from tests.browser.conftest import ARTIFACTS, ROOT

PICTURES = [
    *test_weeks.PICTURES.values(),
    *test_administration.PICTURES.values(),
    test_demonstration.README_PICTURE,
]
TESTS = [str(module.__file__) for module in (test_weeks, test_administration, test_demonstration)]
TAKEN = "desktop-en or administration or readme"


def main() -> None:
    command = [sys.executable, "-m", "pytest", "-k", TAKEN, *TESTS]
    subprocess.run(command, cwd=ROOT, check=True)
    for picture in PICTURES:
        shutil.copy(ARTIFACTS / picture, ROOT / "docs" / "images" / picture)


if __name__ == "__main__":
    main()
