"""Starts the web server: `python -m tutor.web --bind 127.0.0.1 --port 8000`."""

import argparse
import resource
from functools import partial

from daphne.endpoints import build_endpoint_description_strings
from django.utils.module_loading import import_string

MAX_FILES = 65_536  # each connection is one


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tutor.web", description="Starts Lemma's web server."
    )
    parser.add_argument("-b", "--bind", default="127.0.0.1", metavar="ADDRESS")
    parser.add_argument("-p", "--port", type=int, default=8000)
    parser.add_argument("-u", "--unix-socket", metavar="PATH", help="listen on this socket instead")
    options = parser.parse_args()
    is_elsewhere = options.unix_socket is not None
    endpoints = build_endpoint_description_strings(
        host=None if is_elsewhere else options.bind,
        port=None if is_elsewhere else options.port,
        unix_socket=options.unix_socket,
    )
    allow_many_connections()

    application = import_string("tutor.asgi.application")  # reads the settings

    from tutor.web.server import Server
    from tutor.web.warm_up import warm_up

    warm_up()
    server = Server(application, endpoints=endpoints)
    announce_web = import_string("tutor.operations.announcing.announce_web")
    address = "" if is_elsewhere else local_address(options.bind, options.port)
    server.ready_callable = partial(announce_web, address)
    server.run()


def local_address(bind: str, port: int) -> str:
    """Where this machine reaches a server that is bound so."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = MAX_FILES if hard == resource.RLIM_INFINITY else min(MAX_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))


if __name__ == "__main__":
    main()
