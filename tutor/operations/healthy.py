"""Checks whether a process of this machine works; for supervisors and containers' health checks.

It reads what processes announced. It does not start Django, since it runs all day: each run takes
a quarter of a second of processor time.
"""

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import redis

from tutor.environment import Environment, data_dir, sentence_at_start
from tutor.operations.processes import Process, ProcessKind, announced_processes, client_of
from tutor.solutions.dispatch.presence import Presence, present_workers

MAX_ANSWER_S = 5.0


class NotHealthy(Exception):
    """The message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="manage.py healthy", description=__doc__)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    with sentence_at_start():
        return report(options.kind, options.node, options.address)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=list(ProcessKind))
    parser.add_argument("--node", help="one of several, such as generation@host")
    parser.add_argument(
        "--address",
        default="http://127.0.0.1:8000",
        help="address of the local web server",
    )


def report(kind: str, node: str | None, address: str) -> int:
    """Write one sentence on its health; the exit status is 1 if it is not healthy."""
    try:
        is_web = kind == ProcessKind.WEB and node is None
        sys.stdout.write(
            f"{check_web(address) if is_web else check_announced(ProcessKind(kind), node)}\n"
        )
    except NotHealthy as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0


def check_web(address: str) -> str:
    if not address.startswith("http://"):
        raise NotHealthy(f"{address}: need http://ADDRESS:PORT")
    try:
        with urlopen(f"{address}/healthz", timeout=MAX_ANSWER_S) as answer:  # noqa: S310
            answer.read()
    except (URLError, OSError) as error:
        raise NotHealthy(f"the web server at {address} does not answer: {error}") from error
    return f"the web server at {address} answers"


def check_announced(kind: ProcessKind, node: str | None) -> str:
    host = socket.gethostname()
    try:
        with client_of(redis_url()) as client:
            processes = announced_processes(client)
            starting = [
                worker for worker in present_workers(client) if worker.node.endswith(f"@{host}")
            ]
    except redis.RedisError as error:
        raise NotHealthy(f"nothing is known of {kind}, Redis does not answer: {error}") from error
    matching = [
        process
        for process in processes
        if process.kind == kind and process.host == host and node in (None, process.name)
    ]
    if not matching:
        if kind is ProcessKind.GENERATION and starting:
            raise NotHealthy(f"{starting[0].node} {why_not_ready(starting[0])}")
        raise NotHealthy(f"no {node or kind} on {host} has said that it works")
    for process in matching:
        if trouble := trouble_of(process):
            raise NotHealthy(f"{process.name}: {trouble}")
    return ", ".join(f"{process.name} works" for process in matching)


def why_not_ready(worker: Presence) -> str:
    return "waits for the model's server" if worker.waits_for else "is loading the model"


def trouble_of(process: Process) -> str:
    if process.is_silent:
        return f"silent for {process.silent_s:.0f} s"
    return process.trouble


def redis_url() -> str:
    """The address that the settings use; loading them would double the time."""
    checkout = Path(__file__).resolve().parents[2]
    is_checkout = (checkout / "manage.py").is_file()
    folder = data_dir(os.environ, checkout / "var" if is_checkout else None)
    return Environment.load(folder / "lemma.env").text("REDIS_URL", f"unix://{folder}/redis.sock")


if __name__ == "__main__":
    sys.exit(main())
