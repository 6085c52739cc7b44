"""A model that calls tools at a server: rounds, bad calls, and calling without end."""

import json

import pytest

from tests.engine.completing import Completion, complete, greedy
from tests.engine.scripted_server import MODEL, Reply, chat, chunk, models, scripted_server
from tests.engine.test_openai_engine import ASK, engine_of
from tutor.engine.chat_server import MAX_CALLS, MAX_ROUNDS
from tutor.engine.completion import EngineFailed, Outcome, Prompt, Sampling, ToolCall
from tutor.tools.calling import tools

PAGE = "/v1/chat/completions"
SAYS = chat({"content": "It is 408."}, used=5)


def calling(*pieces: dict[str, object], answer: str = "", used: int = 9, **more) -> Reply:
    """A round that ends in calls, each of `pieces` in a chunk of its own."""
    deltas = [
        {"role": "assistant", "content": answer},
        *({"tool_calls": [piece]} for piece in pieces),
    ]
    return chat(*deltas, finish=more.pop("finish", "tool_calls"), used=used, **more)


def call(name: str, arguments: str, index: int = 0) -> dict[str, object]:
    function = {"name": name, "arguments": arguments}
    return {"index": index, "id": f"c{index}", "type": "function", "function": function}


MATRIX = r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
PRODUCT = call("calculate", '{"expression": "17 * 24"}')


async def asked(*rounds: Reply, prompt: Prompt = ASK, sampling: Sampling | None = None, **pages):
    """What came, the calls among it, and what the server was sent."""
    async with scripted_server(*rounds, **pages) as server:
        async with engine_of(server, tools=tools()) as engine:
            sampling = sampling or greedy(100)
            deltas = [d async for d in engine.stream(prompt, sampling, request_id="1")]
        return deltas, [d.call for d in deltas if d.call], server.bodies(PAGE)


def answer_of(deltas) -> str:
    return "".join(delta.answer for delta in deltas)


async def test_a_call_is_made_and_its_result_told():
    deltas, calls, [first, second] = await asked(calling(PRODUCT), SAYS)
    assert calls == [ToolCall("calculate", '{"expression": "17 * 24"}', "408")]
    assert answer_of(deltas) == "It is 408."
    assert [d.outcome for d in deltas if d.outcome] == [Outcome.FINISHED]
    assert sum(delta.tokens for delta in deltas) == 9 + 5
    assert {tool["function"]["name"] for tool in first["tools"]} == {"calculate", "algebra"}
    assert first["tool_choice"] == "auto"
    asked_first, called, result = second["messages"]
    assert asked_first == first["messages"][0]
    assert called["tool_calls"] == [{name: PRODUCT[name] for name in ("id", "type", "function")}]
    assert result == {"role": "tool", "tool_call_id": "c0", "content": "408"}


async def test_a_call_may_come_in_pieces_beside_another():
    pieces = [
        {"index": 0, "id": "a", "function": {"name": "calculate", "arguments": ""}},
        {"index": 0, "function": {"arguments": '{"expres'}},
        {"index": 1, "id": "b", "function": {"name": "calculate", "arguments": '{"expression":'}},
        {"index": 0, "function": {"arguments": 'sion": "2+3"}'}},
        {"index": 1, "function": {"arguments": ' "1/4"}'}},
    ]
    _, calls, [_, second] = await asked(calling(*pieces), SAYS)
    assert [made.result for made in calls] == ["5", r"\frac{1}{4} = 0.25"]
    assert [m["tool_call_id"] for m in second["messages"][2:]] == ["a", "b"]


async def test_what_was_said_before_the_call_stays_and_is_told_again():
    deltas, _, [_, second] = await asked(calling(PRODUCT, answer="We multiply."), SAYS)
    assert answer_of(deltas) == "We multiply.\n\nIt is 408."
    assert second["messages"][1]["content"] == "We multiply."


async def test_a_server_that_does_not_stream_calls_too():
    message = {"role": "assistant", "content": None, "tool_calls": [PRODUCT]}
    body = {"choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}]}
    deltas, calls, _ = await asked(Reply(body={**body, "usage": {"completion_tokens": 9}}), SAYS)
    assert [made.result for made in calls] == ["408"]
    assert answer_of(deltas) == "It is 408."


async def test_servers_may_end_a_round_by_the_word_stop():
    deltas, calls, _ = await asked(calling(PRODUCT, finish="stop"), SAYS)
    assert (len(calls), answer_of(deltas)) == (1, "It is 408.")


@pytest.mark.parametrize(
    ("made", "result"),
    [
        (call("calculate", "17 * 24"), "The arguments are not JSON; an object with expression"),
        (call("calculate", ""), "The arguments are not JSON; an object with expression"),
        (call("calculate", "[]"), "The arguments are no JSON object"),
        (call("calculate", '{"expression": "2 +* 3"}'), "I cannot read '2 +* 3'"),
        (call("exec", "{}"), "There is no tool 'exec'; there are calculate, algebra."),
        (call("", "{}"), "There is no tool ''"),
        ({"index": 0}, "There is no tool ''"),
    ],
)
async def test_a_bad_call_is_answered_and_the_model_goes_on(made, result):
    deltas, calls, [_, second] = await asked(calling(made), SAYS)
    assert calls[0].result.startswith(result)
    assert second["messages"][-1]["content"] == calls[0].result
    assert answer_of(deltas) == "It is 408."


@pytest.mark.parametrize("arguments", ["17 * 24", '{"expression": "17', "", "[]", "[" * 1500])
async def test_arguments_that_are_no_object_are_not_sent_back(arguments):
    _, calls, [_, second] = await asked(calling(call("calculate", arguments)), SAYS)
    _, called, result = second["messages"]
    assert called["tool_calls"][0]["function"] == {"name": "calculate", "arguments": "{}"}
    assert (calls[0].arguments, result["content"]) == (arguments, calls[0].result)
    assert result["content"].startswith("The arguments are no")


async def test_a_tool_that_cannot_take_a_matrix_leaves_the_engine_running():
    matrix = json.dumps({"operation": "simplify", "expression": MATRIX})
    deltas, calls, _ = await asked(calling(call("algebra", matrix)), SAYS)
    assert "matrices" in calls[0].result
    assert answer_of(deltas) == "It is 408."


async def test_too_many_calls_at_once_are_not_made():
    many = [call("calculate", json.dumps({"expression": f"{n} + 1"}), n) for n in range(9)]
    _, calls, [_, second] = await asked(calling(*many), SAYS)
    results = [made.result for made in calls]
    assert results[:MAX_CALLS] == [str(n + 1) for n in range(MAX_CALLS)]
    assert set(results[MAX_CALLS:]) == {f"At most {MAX_CALLS} calls at once are answered."}
    assert len(second["messages"]) == 2 + 9, "each call has its answer, as the interface demands"


async def test_after_some_rounds_it_is_asked_to_answer_without():
    rounds = [calling(PRODUCT)] * MAX_ROUNDS
    deltas, calls, bodies = await asked(*rounds, SAYS)
    assert [body["tool_choice"] for body in bodies] == [*["auto"] * MAX_ROUNDS, "none"]
    assert (len(calls), answer_of(deltas)) == (MAX_ROUNDS, "It is 408.")


async def test_calling_without_end_is_looping():
    deltas, _, bodies = await asked(calling(PRODUCT))
    assert len(bodies) == MAX_ROUNDS + 1
    assert deltas[-1].outcome is Outcome.LOOPING


async def test_all_rounds_share_the_budget():
    rounds = [calling(PRODUCT, used=30)] * 4
    deltas, _, bodies = await asked(*rounds, sampling=greedy(70))
    assert [body["max_tokens"] for body in bodies] == [70, 40, 10]
    assert deltas[-1].outcome is Outcome.BUDGET_EXHAUSTED


async def test_a_call_that_the_budget_cut_off_is_not_made():
    deltas, calls, _ = await asked(calling(PRODUCT, finish="length"))
    assert (calls, deltas[-1].outcome) == ([], Outcome.BUDGET_EXHAUSTED)


@pytest.mark.parametrize(
    "pieces",
    [
        [{"tool_calls": ["no call"]}],
        [{"tool_calls": [{"index": 0, "function": "calculate"}]}],
        [{"tool_calls": [PRODUCT]}],  # and then nothing: the server broke off
    ],
)
async def test_what_is_no_call_at_all_is_a_failure_of_the_server(pieces):
    with pytest.raises(EngineFailed):
        await asked(Reply(chunks=[chunk({"delta": piece, "index": 0}) for piece in pieces]))


async def test_calls_that_nobody_offered_are_a_failure_of_the_server():
    async with (
        scripted_server(calling(PRODUCT)) as server,
        engine_of(server) as engine,
    ):
        with pytest.raises(EngineFailed, match="tool_calls"):
            await complete(engine, ASK, greedy(20))


async def test_without_tools_nothing_is_said_of_them():
    async with scripted_server(SAYS) as server, engine_of(server) as engine:
        completion = await complete(engine, ASK, greedy(20))
        [body] = server.bodies(PAGE)
    assert not body.keys() & {"tools", "tool_choice"}
    assert completion == Completion(answer="It is 408.", outcome=Outcome.FINISHED, tokens=5)


async def test_a_vllm_server_that_offers_tools_is_asked_by_messages():
    pages = {"models": models(MODEL, owned_by="vllm")}
    deltas, calls, bodies = await asked(calling(PRODUCT), SAYS, **pages)
    assert (len(calls), len(bodies), answer_of(deltas)) == (1, 2, "It is 408.")
