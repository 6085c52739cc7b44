"""A checker that its steps can make hang, end or fail, in a child of `check_process.client`."""

import os
import time

from tutor.grading.check_process import child
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.worked.step_checker import StepChecker


class HangingChecker(StepChecker):
    def check(self, step: str) -> StepCheck:
        match step.strip():
            case "hang":
                while True:
                    time.sleep(1)
            case "end":
                os.abort()
            case "fail":
                raise RuntimeError
        return super().check(step)


def serve() -> None:
    child.serve(HangingChecker)
