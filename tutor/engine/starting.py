"""Starts the engine that a configuration describes."""

import logging

from tutor.engine.completion import Engine, EngineConfig, ServerConfig

logger = logging.getLogger(__name__)


async def start_engine(config: EngineConfig | ServerConfig) -> Engine:
    """Imports only the engine that is used, and only here: each takes seconds to import.

    Raises ModelUnusable and EngineFailed.
    """
    engine: Engine
    if isinstance(config, ServerConfig):
        from tutor.engine.openai_engine import OpenAIEngine

        engine = await OpenAIEngine.start(config)
        logger.info(
            "engine found model=%s at=%s version=%s", config.model, config.base_url, engine.version
        )
    else:
        from tutor.engine.vllm_engine import VllmEngine

        engine = await VllmEngine.start(config)
    return engine
