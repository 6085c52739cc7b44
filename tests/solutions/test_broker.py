"""A message of a connection that is gone, as a worker has it whose Redis was started again."""

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport import redis

from tests.services import REDIS
from tutor import broker
from tutor.redis_client import connect

URL = REDIS.url.replace("unix://", "redis+socket://")


@pytest.fixture
def lost():
    """A message that was delivered, and its channel, after its connection was lost."""
    with Connection(URL) as connection, connection.SimpleQueue("lost") as queue:
        queue.put("a hint")
        message = queue.get(timeout=5)
        channel = message.channel
        channel.connection.client = None  # what kombu leaves of it
        channel._disconnect_pools()
        yield message, channel
        channel.connection.client = connection
        channel.qos._delivered.clear()


def test_a_lost_message_is_neither_acknowledged_nor_given_back(lost):
    message, channel = lost
    assert isinstance(channel, broker.Channel)
    message.ack_log_error(None, ())
    message.channel.basic_reject(message.delivery_tag, requeue=True)
    channel.qos.restore_unacked_once()


@pytest.mark.parametrize("setting", ["maxmemory", "min-replicas-to-write"])
def test_a_full_broker_counts_as_unavailable(setting):
    with connect() as client:
        client.config_set(setting, "1")
        try:
            with Connection(URL) as connection, pytest.raises(OperationalError):
                connection.ensure_connection(max_retries=1, interval_start=0)
        finally:
            client.config_set(setting, "0")
        with Connection(URL) as connection:
            connection.ensure_connection(max_retries=1)


def test_a_client_is_kept_and_a_new_one_made_once_its_connections_are_gone():
    with Connection(URL) as connection:
        channel = connection.default_channel
        with channel.conn_or_acquire() as client, channel.conn_or_acquire() as again:
            assert client is again
            assert client.ping()
        channel._disconnect_pools()
        with channel.conn_or_acquire() as later:
            assert later is not client
            assert later.ping()


def test_kombu_by_itself_would_end_the_worker(lost):
    """Once this fails, kombu has mended it, and what broker.py does of it can go."""
    _, channel = lost
    with pytest.raises(AttributeError, match="hostname"):
        redis.QoS.restore_unacked_once(channel.qos)
