"""Times the admin pages of a large school.

    python -m tests.bench.administration [--people 10000] [--classes 350] [--attempts 200000]

For each list: as it opens, searched and filtered; its newest row, an empty form and the choices of
its fields. Prints queries, the minimum and median time from the request to the last byte, and the
CPU time of one visit in this process (with SQLite that is all of it). Uses a temporary database:
SQLite, or PostgreSQL with --postgresql. --folder keeps it for another run.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.gradebook import visits

ROUNDS = 3
LINK = re.compile(r'href="(\?[^"]+)"')
SEARCHED = "pupil17 10a"


def pages(client: Any) -> list[str]:
    from django.contrib.admin import site
    from django.urls import reverse

    addresses = []
    for model, model_admin in site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        whole = reverse(f"{name}_changelist")
        page = client.get(whole)
        addresses += [whole, *(whole + link for link in filters(page.content.decode()))]
        if model_admin.search_fields:
            addresses.append(f"{whole}?q={SEARCHED.replace(' ', '+')}")
        if newest := model._base_manager.order_by("-pk").first():
            addresses.append(reverse(f"{name}_change", args=[newest.pk]))
        if page.context["has_add_permission"]:
            addresses.append(reverse(f"{name}_add"))
        for field in model_admin.autocomplete_fields:
            of = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
            addresses.append(f"{reverse('admin:autocomplete')}?{of}&field_name={field}&term=1")
    return addresses


def filters(page: str) -> list[str]:
    """The last choice of each filter of a list."""
    _, _, beside = page.partition('id="changelist-filter"')
    choices = [LINK.findall(part) for part in beside.split("<details")[1:]]
    return [unescape(links[-1]) for links in choices if links]


def measure(client: Any) -> None:
    print(f"{'':70}{'queries':>8}{'least ms':>10}{'median':>8}{'CPU':>7}{'kB':>7}")
    for address in pages(client):
        count, times, size = visits(client, address, ROUNDS)
        began_s = time.process_time()
        client.get(address)
        figures = (min(times), median(times), 1000 * (time.process_time() - began_s), size)
        least, middle, cpu, size = (f"{figure:.0f}" for figure in figures)
        print(f"{address:70}{count:8}{least:>10}{middle:>8}{cpu:>7}{size:>7}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--classes", type=int, default=350)
    parser.add_argument("--attempts", type=int, default=200_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--folder")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.folder or stack.enter_context(TemporaryDirectory(prefix="lemma-"))
        os.environ["TUTOR_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
        if options.postgresql:
            from tests.services import start_postgresql

            os.environ["DATABASE_URL"] = start_postgresql(Path(folder))
        run(options.people, options.classes, options.attempts)


def run(people: int, classes: int, attempts: int) -> None:
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    django.setup()
    from accounts.models import User
    from tests.bench.school import fill
    from tutor.attempts.models import Attempt

    call_command("migrate", verbosity=0)
    if not User.objects.exists():
        fill(people=people, classes=classes, attempts=attempts)
        User.objects.create_superuser("admin")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does by itself within a minute
    print(f"{User.objects.count()} people, {Attempt.objects.count()} attempts")
    setup_test_environment()  # responses then carry their context
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="admin"))
    measure(client)


if __name__ == "__main__":
    main()
