"""How often a person may ask for what costs the server something."""

from tutor.limits import is_allowed, may_store
from tutor.redis_client import connect


def test_each_person_may_do_each_thing_so_often_within_a_minute():
    assert [is_allowed("knock", 1, per_minute=3) for _ in range(5)] == [True] * 3 + [False] * 2
    assert is_allowed("knock", 2, per_minute=3)
    assert is_allowed("ring", 1, per_minute=3)


def test_each_person_may_store_twenty_megabytes_a_day():
    pages = ["é" * 4_500_000, "x" * 500_000]  # in UTF-8, nine megabytes and a half
    assert [may_store(1, *pages) for _ in range(3)] == [True, True, False]
    assert may_store(2, *pages)


def test_nobody_is_kept_from_anything_where_redis_is_away(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [is_allowed("knock", 1, per_minute=1) for _ in range(3)] == [True] * 3
    assert may_store(1, "x" * 30_000_000)


def test_connections_are_used_again():
    with connect() as client:
        before = client.info("stats")["total_connections_received"]
        for pk in range(20):
            is_allowed("knock", pk, per_minute=1)
        assert client.info("stats")["total_connections_received"] <= before + 2
