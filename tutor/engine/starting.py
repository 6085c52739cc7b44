"""Starts the engine that a configuration describes."""

from tutor.engine.completion import Engine, EngineConfig, ServerConfig


async def start_engine(config: EngineConfig | ServerConfig) -> Engine:
    """Imports only the engine that is used, and only here: each takes seconds to import.

    Raises ModelUnusable and EngineFailed.
    """
    engine: Engine
    if isinstance(config, ServerConfig):
        from tutor.engine.openai_engine import OpenAIEngine

        engine = await OpenAIEngine.start(config)
    else:
        from tutor.engine.vllm_engine import VllmEngine

        engine = await VllmEngine.start(config)
    return engine
