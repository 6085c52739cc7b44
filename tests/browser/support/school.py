"""The school of `tests.crawl`, made in a site's database, and the pages that its people have."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.browser.support.site import Site
from tests.conftest import make_user
from tests.crawl.conftest import make_run_of_a_model, make_school
from tests.crawl.test_every_address import addresses, body
from tests.factories import make_section

STUDENT, TEACHER, ADMINISTRATOR = READERS = ("alice", "carol", "admin")
# Of the addresses that the crawl leaves to the packages: those that everybody has.
ACCOUNT = ("profile/", "password/change/", "email/", "sessions/")
ENTRANCE = ("login/", "signup/", "password/reset/")


@dataclass(frozen=True)
class ShownPage:
    """reader: a name, or "" for somebody who has not signed in."""

    reader: str
    address: str


@dataclass(frozen=True)
class ShownSchool:
    pages: list[ShownPage]
    sessions: dict[str, str]  # the value of each reader's cookie


def school_in(site: Site) -> ShownSchool:
    """Makes it there; the site has to be empty."""
    told = site.shell("from tests.browser.support.school import tell\ntell()")
    made = json.loads(told.splitlines()[-1])  # the evaluation's own lines come before
    return ShownSchool([ShownPage(*page) for page in made["pages"]], made["sessions"])


def tell() -> None:
    """Print what `school_in` reads, in the site's own process."""
    make_run_of_a_model(settings.EVALUATION_DIR / "run")
    alice, bob, carol, dan = (make_user(name) for name in ("alice", "bob", "carol", "dan"))
    admin = User.objects.create_superuser("admin", "admin@example.org", "pass-word-9")
    make_section(teacher=dan, students=[], name="9c")
    school = make_school(alice, bob, carol, dan, admin)
    host = settings.ALLOWED_HOSTS[0]
    clients = {reader: Client(HTTP_HOST=host) for reader in READERS}
    for reader, client in clients.items():
        client.force_login(User.objects.get(username=reader))
    listed = [*addresses(school), *(f"/accounts/{path}" for path in ACCOUNT)]
    pages = [("", f"/accounts/{path}") for path in ENTRANCE]
    for address in dict.fromkeys(listed):
        pages += [(reader, address) for reader in readers_of(address, clients)]
    cookie = settings.SESSION_COOKIE_NAME
    sessions = {reader: client.cookies[cookie].value for reader, client in clients.items()}
    print(json.dumps({"pages": pages, "sessions": sessions}))


def readers_of(address: str, clients: dict[str, Client]) -> list[str]:
    """The student and the teacher who have it as a page; the administrator where neither has."""
    both = [name for name in (STUDENT, TEACHER) if is_page(clients[name], address)]
    has_first_page = address == reverse("home")
    if both and not has_first_page:
        return both
    return [*both, *([ADMINISTRATOR] if is_page(clients[ADMINISTRATOR], address) else [])]


def is_page(client: Any, address: str) -> bool:
    response = client.get(address)
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return response.status_code == 200 and is_html and "<html" in body(response)
