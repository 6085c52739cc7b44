"""The web process: pages over HTTP, live solutions over a websocket. Loads no engine."""

import gc
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
pages = get_asgi_application()  # sets up the apps, which what follows imports

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from channels.sessions import CookieMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import path  # noqa: E402

from tutor.concurrency import ConcurrencyLimit  # noqa: E402
from tutor.solutions.consumers import SolutionConsumer  # noqa: E402

sockets = URLRouter(
    [path("ws/solutions/", SolutionConsumer.as_asgi())]  # type: ignore[arg-type, list-item]
)
application = ProtocolTypeRouter(
    {
        "http": ConcurrencyLimit(pages),
        # The full origin, scheme and port included: another site's page may open a socket here
        # with the student's cookie, and only this header tells.
        "websocket": OriginValidator(CookieMiddleware(sockets), settings.ORIGINS),
    }
)

# What is loaded stays, and the collector need not walk through it while pages wait.
gc.collect()
gc.freeze()
