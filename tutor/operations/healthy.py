"""Does a process of this machine live and work? For supervisors and health checks of containers.

It reads what processes say of themselves and starts no Django, since it runs all day: a quarter of
a second of the processor each time.
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
from tutor.operations.processes import Kind, Process, announced, client_of
from tutor.solutions.dispatch.presence import Presence, present_workers

WITHIN_S = 5.0


class NotHealthy(Exception):
    """Why."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="manage.py healthy", description=__doc__)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    with sentence_at_start():
        return report(options.kind, options.node, options.address)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=list(Kind))
    parser.add_argument("--node", help="one of several, such as generation@host")
    parser.add_argument(
        "--address", default="http://127.0.0.1:8000", help="of the web server on this machine"
    )


def report(kind: str, node: str | None, address: str) -> int:
    """Say in one sentence how it is; 1 where it is not well."""
    try:
        is_web = kind == Kind.WEB and node is None
        sys.stdout.write(f"{web(address) if is_web else announced_one(Kind(kind), node)}\n")
    except NotHealthy as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0


def web(address: str) -> str:
    if not address.startswith("http://"):
        raise NotHealthy(f"{address}: need http://ADDRESS:PORT")
    try:
        with urlopen(f"{address}/healthz", timeout=WITHIN_S) as answer:  # noqa: S310
            answer.read()
    except (URLError, OSError) as error:
        raise NotHealthy(f"the web server at {address} does not answer: {error}") from error
    return f"the web server at {address} answers"


def announced_one(kind: Kind, node: str | None) -> str:
    here = socket.gethostname()
    try:
        with client_of(redis_url()) as client:
            there = announced(client)
            starting = [one for one in present_workers(client) if one.node.endswith(f"@{here}")]
    except redis.RedisError as error:
        raise NotHealthy(f"nothing is known of {kind}, Redis does not answer: {error}") from error
    mine = [
        one for one in there if one.kind == kind and one.host == here and node in (None, one.name)
    ]
    if not mine:
        if kind is Kind.GENERATION and starting:
            raise NotHealthy(f"{starting[0].node} {why_not_ready(starting[0])}")
        raise NotHealthy(f"no {node or kind} on {here} has said that it works")
    for one in mine:
        if why := trouble_of(one):
            raise NotHealthy(f"{one.name}: {why}")
    return ", ".join(f"{one.name} works" for one in mine)


def why_not_ready(worker: Presence) -> str:
    return "waits for the model's server" if worker.waits_for else "is loading the model"


def trouble_of(process: Process) -> str:
    if process.is_silent:
        return f"silent for {process.silent_s:.0f} s"
    return process.trouble


def redis_url() -> str:
    """As the settings say it, which would take as long to load as all the rest."""
    checkout = Path(__file__).resolve().parents[2]
    is_checkout = (checkout / "manage.py").is_file()
    folder = data_dir(os.environ, checkout / "var" if is_checkout else None)
    return Environment.load(folder / "lemma.env").text("REDIS_URL", f"unix://{folder}/redis.sock")


if __name__ == "__main__":
    sys.exit(main())
