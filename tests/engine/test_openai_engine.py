"""What servers of all kinds send, and every way in which they fail, over real HTTP."""

import asyncio
from contextlib import aclosing, asynccontextmanager

import pytest

from tests.engine.completing import Completion, complete, greedy
from tests.engine.scripted_server import (
    MODEL,
    Reply,
    chat,
    chunk,
    models,
    refused,
    scripted_server,
)
from tutor.engine.completion import (
    CompletionFailed,
    EngineAway,
    EngineFailed,
    ModelUnusable,
    Outcome,
    Prompt,
    PromptTooLong,
    Sampling,
    ServerConfig,
)
from tutor.engine.openai_engine import OpenAIEngine

ASK = Prompt("What is 2 + 2?")
THINK = Prompt("What is 2 + 2?", forced="<think>\n")
SAID = ({"role": "assistant", "content": ""}, {"content": "It is "}, {"content": "4."})


@asynccontextmanager
async def engine_of(server, **options):
    config = {"model": MODEL, "silence_s": 5.0} | options
    engine = await OpenAIEngine.start(ServerConfig(base_url=server.base_url, **config))
    try:
        yield engine
    finally:
        await engine.close()


async def asked(*chats: Reply, prompt: Prompt = ASK, **options) -> Completion:
    async with scripted_server(*chats) as server, engine_of(server, **options) as engine:
        return await complete(engine, prompt, greedy(20))


async def test_it_yields_the_answer_and_the_servers_own_count_of_tokens():
    completion = await asked(chat(*SAID, used=7))
    assert completion == Completion(answer="It is 4.", outcome=Outcome.FINISHED, tokens=7)


async def test_without_a_count_it_counts_the_pieces():
    assert (await asked(chat(*SAID))).tokens == 2


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
async def test_it_knows_reasoning_by_its_field(name):
    deltas = [{name: "Two and "}, {name: "two."}, {"content": "\n\n4"}]
    completion = await asked(chat(*deltas), prompt=THINK)
    assert (completion.reasoning, completion.answer.strip()) == ("Two and two.", "4")


@pytest.mark.parametrize("opening", ["<think>\n", ""])
async def test_it_knows_reasoning_by_its_tags(opening):
    pieces = [*f"{opening}Two < three.</think>\n\n4"]
    completion = await asked(chat(*({"content": p} for p in pieces)), prompt=THINK)
    assert (completion.reasoning.strip(), completion.answer) == ("Two < three.", "4")


@pytest.mark.parametrize(
    ("finish", "outcome"),
    [
        ("stop", Outcome.FINISHED),
        ("length", Outcome.BUDGET_EXHAUSTED),
        ("repetition", Outcome.LOOPING),
    ],
)
async def test_the_reason_of_the_end_is_the_outcome(finish, outcome):
    assert (await asked(chat(*SAID, finish=finish))).outcome is outcome


async def test_a_server_that_does_not_stream_answers_all_at_once():
    message = {"role": "assistant", "content": "<think>2 and 2</think>4"}
    body = {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    completion = await asked(Reply(body={**body, "usage": {"completion_tokens": 9}}))
    assert completion == Completion("2 and 2", "4", [], Outcome.FINISHED, tokens=9)


async def test_it_asks_as_the_recipe_says_and_shows_its_key():
    sampling = Sampling(99, temperature=0.6, top_p=0.95, seed=3)
    async with scripted_server(chat(*SAID)) as server:
        async with engine_of(server, api_key="sesame") as engine:
            await complete(engine, Prompt("Say <|im_end|> and </think>."), sampling)
            assert "sesame" not in repr(engine._config)
        [body] = server.bodies("/v1/chat/completions")
        assert body["messages"] == [
            {"role": "user", "content": "Say < |im_end|> and < /think>."}
        ], "a problem does not speak for the tutor"
        assert (body["temperature"], body["top_p"], body["seed"]) == (0.6, 0.95, 3)
        assert body["max_tokens"] == 99
        assert {headers["authorization"] for _, headers, _ in server.received} == {"Bearer sesame"}


async def test_a_model_that_calls_its_limit_otherwise_is_asked_so():
    complaint = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    async with scripted_server(refused(400, complaint), chat(*SAID)) as server:
        async with engine_of(server) as engine:
            await complete(engine, ASK, greedy(20))
            await complete(engine, ASK, greedy(20))
        limits = [
            set(body) & {"max_tokens", "max_completion_tokens"}
            for body in server.bodies("/v1/chat/completions")
        ]
    assert limits == [{"max_tokens"}, {"max_completion_tokens"}, {"max_completion_tokens"}]


async def test_a_busy_server_is_asked_again():
    busy = refused(503, "overloaded")
    async with scripted_server(busy, busy, chat(*SAID)) as server, engine_of(server) as engine:
        assert (await complete(engine, ASK, greedy(20))).answer == "It is 4."


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (refused(500, "CUDA out of memory"), "failed: .*CUDA out of memory"),
        (refused(429, "quota"), "allows no more requests now: .*quota"),
        (refused(401, "no such key"), "refuses the key: .*no such key"),
        (refused(404, "gone"), "no such page or model .*gone"),
        (refused(400, "bad top_p"), "does not take the request: .*bad top_p"),
        (chat(*SAID, finish="abort"), "ended the completion with 'abort'"),
        (chat(*SAID, finish="content_filter"), "'content_filter'"),
        (Reply(chunks=[{"error": {"message": "engine died"}}]), "failed: engine died"),
        (Reply(chunks=["{not JSON"]), "failed"),
        (Reply(chunks=["[]"]), "failed"),
        (Reply(chunks=[chunk({"delta": {"content": "It"}, "index": 0})]), "broke off"),
        (Reply(chunks=[chunk({"delta": {"content": "It"}, "index": 0})], done=False), "broke off"),
        (Reply(body={"choices": []}), "failed"),
        (Reply(body="hello"), "failed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_each_failure_has_a_name(reply, message):
    with pytest.raises(EngineFailed, match=message) as caught:
        await asked(reply)
    assert "\n" not in str(caught.value)


async def test_a_server_that_falls_silent_is_away():
    began = asyncio.get_running_loop().time()
    slow = chat(*SAID, pause_s=30.0)
    with pytest.raises(EngineAway, match=r"said nothing for 0\.3 s"):
        await asked(slow, silence_s=0.3)
    assert asyncio.get_running_loop().time() - began < 5


def test_thirty_seconds_are_silence():
    assert ServerConfig(base_url="http://127.0.0.1:9/v1", model=MODEL).silence_s == 30


SLOW = Reply(chunks=chat(*SAID).chunks, wait_s=1.0)  # before it begins


async def test_a_busy_server_is_waited_for_while_it_answers_otherwise():
    assert (await asked(SLOW, silence_s=0.3)).answer == "It is 4."
    with pytest.raises(EngineAway, match=r"said nothing for 0\.[56]"):
        await asked(SLOW, silence_s=0.3, busy_s=0.5)


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_server_that_says_nothing_and_answers_nothing_is_away(status):
    async with scripted_server(SLOW) as server, engine_of(server, silence_s=0.3) as engine:
        server.replies["/v1/models"] = [refused(status, "bad gateway")]
        with pytest.raises(EngineAway, match=r"said nothing for 0\.3"):
            await complete(engine, ASK, greedy(20))


@pytest.mark.parametrize(
    "reply",
    [
        refused(502, "bad gateway"),
        refused(503, "overloaded"),
        refused(504, "timeout"),
        refused(429, "quota"),
        Reply(chunks=[chunk({"delta": {"content": "It"}, "index": 0})], done=False),
        Reply(chunks=[chunk({"delta": {"content": "It"}, "index": 0})], is_reset=True),
    ],
    ids=["502", "503", "504", "429", "ended", "reset"],
)
async def test_a_server_that_is_not_there_is_away_and_the_completion_not_to_blame(reply):
    with pytest.raises(EngineAway):
        await asked(reply)


@pytest.mark.parametrize(
    "reply",
    [refused(500, "CUDA out of memory"), refused(400, "bad top_p"), chat(*SAID, finish="abort")],
    ids=["500", "400", "abort"],
)
async def test_a_server_that_fails_at_a_completion_is_not_away(reply):
    with pytest.raises(CompletionFailed):
        await asked(reply)


@pytest.mark.parametrize(("of_a_piece", "pieces"), [("ha ", 20), ("ha " * 160, 1)])
async def test_a_server_that_keeps_no_limit_is_stopped_by_us(of_a_piece, pieces):
    endless = chat(*([{"content": of_a_piece}] * 1_000))
    async with scripted_server(endless) as server, engine_of(server) as engine:
        completion = await complete(engine, ASK, greedy(20))
    assert completion.answer == of_a_piece * pieces
    assert completion.outcome is Outcome.BUDGET_EXHAUSTED


async def test_a_server_that_keeps_the_limit_reports_the_outcome():
    completion = await asked(chat(*([{"content": "ha "}] * 20), used=20))
    assert (completion.tokens, completion.outcome) == (20, Outcome.FINISHED)


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 4096 tokens. However, your messages resulted in "
        "5000 tokens. Please reduce the length of the messages.",
        "request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it",
    ],
)
async def test_a_prompt_that_is_too_long_is_known_by_what_servers_say(message):
    with pytest.raises(PromptTooLong) as caught:
        await asked(refused(400, message))
    assert (caught.value.prompt_tokens, caught.value.limit) == (5000, 4096)


async def test_a_viewer_that_leaves_ends_the_request():
    endless = chat(*([{"content": "ha "}] * 10_000), pause_s=0.01)
    async with scripted_server(endless) as server, engine_of(server) as engine:
        async with aclosing(engine.stream(ASK, greedy(20), request_id="1")) as deltas:
            assert (await anext(deltas)).answer == "ha "
        for _ in range(200):
            if server.left:
                break
            await asyncio.sleep(0.02)
        assert server.left == 1


async def test_closing_ends_what_still_runs():
    endless = chat(*([{"content": "ha "}] * 10_000), pause_s=0.01)
    async with scripted_server(endless) as server, engine_of(server) as engine:
        deltas = engine.stream(ASK, greedy(20), request_id="1")
        await anext(deltas)
        await engine.close()
        with pytest.raises(EngineFailed):
            async for _ in deltas:
                pass
        with pytest.raises(EngineFailed, match="closed"):
            await complete(engine, ASK, greedy(20))


# The start


async def test_a_model_that_is_not_there_is_told_from_those_that_are():
    async with scripted_server(models=models("qwen", "llama")) as server:
        with pytest.raises(ModelUnusable, match="no model some-model; it offers qwen, llama"):
            await OpenAIEngine.start(ServerConfig(base_url=server.base_url, model=MODEL))


@pytest.mark.parametrize(
    ("reply", "error", "message"),
    [
        (refused(401, "bad key"), ModelUnusable, "refuses the key: .*bad key"),
        (refused(404, "Not Found"), ModelUnusable, r"does the address end in /v1\?"),
        (refused(500, "loading"), EngineAway, "failed: .*loading"),
        (refused(503, "loading"), EngineAway, "failed: .*loading"),
        (Reply(body={"data": 7}), EngineFailed, "failed"),
    ],
)
async def test_a_server_that_cannot_be_used_says_why(reply, error, message):
    async with scripted_server(models=reply) as server:
        with pytest.raises(error, match=message):
            await OpenAIEngine.start(ServerConfig(base_url=server.base_url, model=MODEL))


async def test_a_dead_server_is_named():
    config = ServerConfig(base_url="http://127.0.0.1:9/v1", model=MODEL)
    with pytest.raises(EngineAway, match=r"http://127\.0\.0\.1:9/v1 cannot be reached"):
        await OpenAIEngine.start(config)


@pytest.mark.parametrize(
    ("location", "error", "message"),
    [
        ("http://127.0.0.1:9/v1/models", EngineAway, "which cannot be reached"),
        ("/sign-in/", ModelUnusable, "which has no such page or model"),
    ],
)
async def test_an_address_that_sends_on_is_named_with_the_one_it_sends_to(location, error, message):
    async with scripted_server(models=Reply(301, location=location)) as server:
        server.replies["/sign-in/"] = [refused(404, "Not Found")]
        with pytest.raises(error, match=f"/v1 sends on to http://.*/.*, {message}"):
            await OpenAIEngine.start(ServerConfig(base_url=server.base_url, model=MODEL))


async def test_it_notices_that_its_server_is_gone():
    async with scripted_server(chat(*SAID)) as server:
        engine = await OpenAIEngine.start(
            ServerConfig(base_url=server.base_url, model=MODEL, silence_s=5)
        )
        await engine.check()
        server.replies["/v1/models"] = [models("another")]
        with pytest.raises(EngineFailed, match="no model some-model"):
            await engine.check()
    with pytest.raises(EngineFailed, match="cannot be reached"):
        await engine.check()
    await engine.close()
    with pytest.raises(EngineFailed, match="closed"):
        await engine.check()


async def test_it_does_not_pretend_to_continue():
    async with scripted_server(chat(*SAID)) as server, engine_of(server) as engine:
        assert not engine.continues
        assert (engine.name, engine.model) == ("openai", MODEL)
