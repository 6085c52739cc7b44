"""Celery's broker: Redis as kombu has it, but a worker outlives the loss of its connection.

Of a connection that is lost, kombu's channel still wants to give back what it had delivered, and
to acknowledge what ends later. It finds no connection, and the worker ends, its model with it.
Nothing is lost when neither happens: a message only says that some row waits, and a sweep says so
again.

Nor does it make a new client for each message and each acknowledgement, which costs as much as
sending them.
"""

from typing import Any

from kombu.transport import redis


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
