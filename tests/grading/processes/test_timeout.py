import time

import pytest

from tutor.grading.processes.timeout import TimedOut, Timeout


def test_waiting_counts_against_a_timeout():
    timeout = Timeout(0.02)
    timeout.check()
    time.sleep(0.03)
    with pytest.raises(TimedOut):
        timeout.check()
