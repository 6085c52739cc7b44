"""The demonstration's model for tests with a real engine, prepared once and kept."""

import json
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tutor.demo.model import NAME, prepare_model
from tutor.engine.completion import EngineConfig
from tutor.engine.vllm_engine import VllmEngine

# In bfloat16 some processors write another text when they go on than when they write on.
EXACT = "float32"
MODELS = Path(__file__).parents[2] / "var" / "models"


@pytest.fixture(scope="session")
def demo_model() -> Path:
    return prepare_model(MODELS / NAME, print)


@pytest.fixture(scope="session")
def thinking_model(demo_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same weights with thinking tags, in the place of two tokens that it never uses."""
    folder = tmp_path_factory.mktemp("models") / "thinking"
    shutil.copytree(demo_model, folder, copy_function=os.symlink)
    tokenizer = json.loads((demo_model / "tokenizer.json").read_text(encoding="utf-8"))
    for old, new in (("<gh_stars>", "<think>"), ("<issue_start>", "</think>")):
        tokenizer["model"]["vocab"][new] = tokenizer["model"]["vocab"].pop(old)
        token = next(entry for entry in tokenizer["added_tokens"] if entry["content"] == old)
        token.update(content=new, special=False)
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    return folder


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def engine(thinking_model: Path) -> AsyncIterator[VllmEngine]:
    """One for all tests, since its start takes half a minute; the last of them kills it."""
    engine = await VllmEngine.start(
        EngineConfig(
            model=str(thinking_model),
            dtype=EXACT,
            max_model_len=2048,
            cpu_kv_cache_gb=0.5,
            seeded=True,
        )
    )
    yield engine
    await engine.close()
