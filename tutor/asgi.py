"""The web process: pages over HTTP, live solutions over a websocket. Loads no engine."""

import gc
import os
import sys

import django

from tutor.environment import sentence_at_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
with sentence_at_start():
    django.setup(set_prefix=False)  # the apps, which what follows imports

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from channels.sessions import CookieMiddleware
from daphne.cli import CommandLineInterface
from django.conf import settings
from django.urls import path, re_path

from tutor.concurrency import ConcurrencyLimit
from tutor.solutions.sockets.consumers import SolutionConsumer
from tutor.web.callers import OwnHosts, TrustedProxies, no_such_socket
from tutor.web.handler import PageHandler
from tutor.web.server import Server

sockets = URLRouter(
    [
        path("ws/solutions/", SolutionConsumer.as_asgi()),  # type: ignore[arg-type, list-item]
        re_path("", no_such_socket),  # type: ignore[arg-type, list-item]
    ]
)
by_protocol = ProtocolTypeRouter(
    {
        "http": ConcurrencyLimit(PageHandler(), settings.PAGES_AT_ONCE),
        # The full origin, scheme and port included: another site's page may open a socket here
        # with the student's cookie, and only this header tells.
        "websocket": OriginValidator(CookieMiddleware(sockets), settings.ORIGINS),
    }
)
application = TrustedProxies(OwnHosts(by_protocol, settings.ORIGINS), settings.TRUSTED_PROXIES)

# `python -m tutor.web` is how the server is started; daphne's own command starts the same one.
CommandLineInterface.server_class = Server

# A page in a thread lets the loop wait for so long at each of its turns; it has many for a socket.
sys.setswitchinterval(0.001)

# What is loaded stays, and the collector need not walk through it while pages wait.
gc.collect()
gc.freeze()
