"""Starting the engine that a configuration is of."""

from tutor.engine.completion import Engine, EngineConfig, ServerConfig


async def start_engine(config: EngineConfig | ServerConfig) -> Engine:
    """Either takes seconds to import, so only the one that is used is, and only here.

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
