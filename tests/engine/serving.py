"""vLLM's own server with a model of this machine, for as long as a test needs it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

START_WITHIN_S = 300
REASONING = '{"reasoning_start_str": "<think>", "reasoning_end_str": "</think>"}'


@contextmanager
def vllm_server(model: str, *, dtype: str = "auto", thinks: bool = True) -> Iterator[str]:
    """The address of the interface; its processes end with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # On a CPU the program is not called `vllm serve`, and is the same.
    command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server"]
    command += ["--model", model, "--dtype", dtype, "--host", "127.0.0.1", "--port", str(port)]
    command += ["--max-model-len", "2048", "--enforce-eager", "--no-enable-chunked-prefill"]
    command += ["--kv-cache-memory-bytes", str(2**29), "--load-format", "safetensors"]
    if thinks:
        command += ["--reasoning-config", REASONING]
    environment = os.environ | {
        "VLLM_CPU_OMP_THREADS_BIND": "nobind",
        "OMP_NUM_THREADS": str(max(1, len(os.sched_getaffinity(0)) - 1)),
        "HF_HUB_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
    }
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, start_new_session=True
        )
        try:
            wait_until_well(server, f"http://127.0.0.1:{port}/health", log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            os.killpg(server.pid, signal.SIGKILL)  # its processes have nothing to save
            server.wait()


def wait_until_well(server: "subprocess.Popen[bytes]", page: str, log) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx2.get(page, timeout=5).is_success:
                return
        except httpx2.HTTPError:
            time.sleep(0.5)
    log.seek(0)
    raise AssertionError(f"the server did not start:\n{log.read()[-4000:]}")
