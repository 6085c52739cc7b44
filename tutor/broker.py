"""Celery's broker: Redis as kombu has it, but a worker outlives the loss of its connection.

Of a connection that is lost, kombu's channel still wants to give back what it had delivered, and
to acknowledge what ends later. It finds no connection, and the worker ends, its model with it.
Nothing is lost when neither happens: a message only says that some row waits, and a sweep says so
again.

A Redis that takes nothing, since its disk or its memory is full, is waited for as well.

Nor does it make a new client for each message and each acknowledgement, which costs as much as
sending them.
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
    _kept: Any = None

    @property
    def is_lost(self) -> bool:
        return self.connection is None or self.connection.client is None

    def _create_client(self, asynchronous: bool = False) -> Any:
        """One for all calls; those that listen are kept by kombu itself."""
        if asynchronous:
            return super()._create_client(asynchronous=True)  # type: ignore[misc]
        if self._kept is None or self._kept.connection_pool is not self.pool:
            self._kept = super()._create_client()  # type: ignore[misc]
        return self._kept

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        if not self.is_lost:
            super().basic_ack(delivery_tag, multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        if not self.is_lost:
            super().basic_reject(delivery_tag, requeue)


class Transport(redis.Transport):
    Channel = Channel

    def establish_connection(self) -> Any:
        """Raises of a Redis that takes nothing what it would raise of one that is away.

        Celery's worker then waits longer from try to try, and does not begin anew at once.
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
