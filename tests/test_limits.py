"""How often a person may ask for what costs the server something."""

from tutor.limits import is_allowed
from tutor.redis_client import connect


def test_each_person_may_do_each_thing_so_often_within_a_minute():
    assert [is_allowed("knock", 1, per_minute=3) for _ in range(5)] == [True] * 3 + [False] * 2
    assert is_allowed("knock", 2, per_minute=3)
    assert is_allowed("ring", 1, per_minute=3)


def test_nobody_is_kept_from_anything_where_redis_is_away(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [is_allowed("knock", 1, per_minute=1) for _ in range(3)] == [True] * 3


def test_connections_are_used_again():
    with connect() as client:
        before = client.info("stats")["total_connections_received"]
        for pk in range(20):
            is_allowed("knock", pk, per_minute=1)
        assert client.info("stats")["total_connections_received"] <= before + 2
