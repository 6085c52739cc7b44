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
        help="of a web server, instead of asking all that have said that they work",
    )


def report(kind: str, node: str | None, address: str | None) -> int:
    """Write one sentence on its health; the exit status is 1 if it is not healthy."""
    try:
        is_web = kind == ProcessKind.WEB and node is None
        if is_web and address:
            sentence = check_web(address)
        else:
            sentence = check_web_servers() if is_web else check_announced(ProcessKind(kind), node)
        sys.stdout.write(f"{sentence}\n")
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


def check_web_servers() -> str:
    """Ask each web server of this machine at the address that it has announced."""
    processes, _ = processes_here(ProcessKind.WEB)
    # One that was killed is known for a while beside that which took its address.
    servers = {
        process.address or process.name: process
        for process in sorted(processes, key=lambda process: process.since)
    }
    if not servers:
        raise NotHealthy(f"no web server on {socket.gethostname()} has said that it works")
    return ", ".join(
        check_web(process.address) if process.address else checked(process)
        for process in servers.values()
    )


def check_announced(kind: ProcessKind, node: str | None) -> str:
    processes, starting = processes_here(kind)
    matching = [process for process in processes if node in (None, process.name)]
    if not matching:
        if kind is ProcessKind.GENERATION and starting:
            raise NotHealthy(f"{starting[0].node} {why_not_ready(starting[0])}")
        raise NotHealthy(f"no {node or kind} on {socket.gethostname()} has said that it works")
    return ", ".join(checked(process) for process in matching)


def processes_here(kind: ProcessKind) -> tuple[list[Process], list[Presence]]:
    """What this machine's processes of the kind have said, and its generation workers.

    A worker is of each kind whose queue it takes from.
    """
    host = socket.gethostname()
    try:
        with client_of(redis_url()) as client:
            processes = announced_processes(client)
            workers = present_workers(client)
    except redis.RedisError as error:
        raise NotHealthy(f"nothing is known of {kind}, Redis does not answer: {error}") from error
    return (
        [
            process
            for process in processes
            if process.host == host and kind in (process.queues or [process.kind])
        ],
        [worker for worker in workers if worker.node.endswith(f"@{host}")],
    )


def checked(process: Process) -> str:
    """Raises NotHealthy if it is silent or in trouble."""
    if trouble := trouble_of(process):
        raise NotHealthy(f"{process.name}: {trouble}")
    return f"{process.name} works"


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
