"""Celery's broker: kombu's Redis transport, but a worker survives the loss of its connection.

After a lost connection, kombu's channel still tries to restore delivered messages, and to
acknowledge later ones. Without a connection the worker would end, and its model with it. Skipping
both loses nothing: a message only says that a row waits, and a sweep sends it again.

The worker also waits for a Redis that refuses writes because its disk or memory is full.

The channel reuses one client: a new one for each message costs as much as sending it.
"""

from typing import Any

from kombu.transport import redis
from redis import exceptions

from tutor.stores import PROBE


class QoS(redis.QoS):
    channel: "Channel"

    def restore_unacked_once(self, stderr: Any = None) -> None:
        if not self.channel.is_lost:
            super().restore_unacked_once(stderr)


class Channel(redis.Channel):
    QoS = QoS
    _reused_client: Any = None

    @property
    def is_lost(self) -> bool:
        return self.connection is None or self.connection.client is None

    def _create_client(self, asynchronous: bool = False) -> Any:
        """One client for all calls; kombu stores those that listen."""
        if asynchronous:
            return super()._create_client(asynchronous=True)  # type: ignore[misc]
        if self._reused_client is None or self._reused_client.connection_pool is not self.pool:
            self._reused_client = super()._create_client()  # type: ignore[misc]
        return self._reused_client

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        if not self.is_lost:
            super().basic_ack(delivery_tag, multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        if not self.is_lost:
            super().basic_reject(delivery_tag, requeue)


class Transport(redis.Transport):
    Channel = Channel

    def establish_connection(self) -> Any:
        """A Redis that refuses writes raises the same error as one that is away.

        Celery's worker then waits longer after each try, instead of restarting at once.
        """
        connection: Any = super().establish_connection()
        channels = connection._avail_channels  # its one channel so far
        try:
            with channels[-1].conn_or_acquire() as client:
                client.set(PROBE, "", ex=60)
        except exceptions.ResponseError as error:
            channels.pop().close()
            raise exceptions.ConnectionError(str(error)) from error
        return connection
