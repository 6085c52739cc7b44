import json
from uuid import uuid4

import pytest

from tutor.solutions.log import protocol
from tutor.solutions.log.protocol import (
    Cancel,
    Malformed,
    ReasoningDelta,
    Shown,
    SolutionEnd,
    Start,
    StepChecked,
    StepDelta,
    StepSettled,
    Watch,
    WholeSolution,
)

CODE = uuid4()


@pytest.mark.parametrize(
    "entry",
    [
        ReasoningDelta('so "far"\n', 2),
        StepDelta(3, "第三步", 1),
        StepSettled(3),
        StepChecked(3, {"verdict": "proved", "claims": [{"claim": "第三步"}], "rests_on": None}),
        SolutionEnd("finished", "correct", "number", "", "4", 12, 0.5, "a-model"),
        WholeSolution(
            "because", 1, ["a", "b"], [{"verdict": "proved"}, None], {"outcome": "finished"}
        ),
    ],
)
def test_an_entry_survives_the_log_and_reaches_the_browser_with_its_id(entry):
    encoded = protocol.encode(entry)
    assert protocol.decode(encoded) == entry
    message = json.loads(protocol.with_id("17-3", encoded))
    assert message.pop("id") == "17-3"
    assert message == json.loads(encoded)
    assert protocol.is_end(encoded) == isinstance(entry, SolutionEnd)


@pytest.mark.parametrize(
    ("content", "request_"),
    [
        ({"type": "solution.start", "item": str(CODE)}, Start(CODE)),
        ({"type": "solution.watch", "solution": str(CODE)}, Watch(CODE, "0-0")),
        ({"type": "solution.watch", "solution": str(CODE), "after": ""}, Watch(CODE, "0-0")),
        ({"type": "solution.watch", "solution": str(CODE), "after": "9-10"}, Watch(CODE, "9-10")),
        ({"type": "solution.shown", "solution": str(CODE), "id": "9-1"}, Shown(CODE, "9-1")),
        ({"type": "solution.cancel", "solution": str(CODE)}, Cancel(CODE)),
    ],
)
def test_it_reads_the_four_requests(content, request_):
    assert protocol.parse(json.dumps(content)) == request_


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 5_000,
        '{"type": ' + "1" * 5_000 + "}",
        '{"type": "solution.begin"}',
        '{"type": ["solution.start"]}',
        '{"type": "solution.start"}',
        '{"type": "solution.start", "item": 7}',
        '{"type": "solution.start", "item": "\\u0000"}',
        '{"type": "solution.watch", "solution": "\\ud800"}',
        f'{{"type": "solution.watch", "solution": "{CODE}", "after": "$"}}',
        f'{{"type": "solution.watch", "solution": "{CODE}", "after": "١-٢"}}',
        f'{{"type": "solution.watch", "solution": "{CODE}", "after": {{}}}}',
    ],
)
def test_it_names_what_is_wrong_with_anything_else(text):
    with pytest.raises(Malformed, match=r"need|unknown"):
        protocol.parse(text)
