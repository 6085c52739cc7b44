"""Prompt in, tokens out: what a model is asked, and the engine that lets it answer.

Plain Python. Only `vllm_engine` imports vllm, so a web process may import the rest.
"""
