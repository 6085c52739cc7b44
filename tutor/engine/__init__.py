"""Prompts, and the engines that turn them into tokens.

Plain Python. Only `vllm_engine` imports vllm, so a web process may import the rest.
"""
