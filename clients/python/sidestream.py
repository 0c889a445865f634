"""Sidestream over Kafka, in JSON: send items and events, ask for items.

One file; needs Python 3.9 or newer and confluent-kafka 2 or newer (pip install confluent-kafka).

    with Sidestream("127.0.0.1:9092") as sidestream:
        sidestream.put_item("film-1", "Heat", attributes={"genre": ["Crime"], "year": 1995})
        sidestream.interaction("ann", "film-1")
        for item in sidestream.recommend(user="ann", k=5):
            print(item["item"], item["score"])
"""

import json
import random
import struct
import threading
import time
import uuid
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

CORRELATION_ID = "kafka_correlationId"
REPLY_TOPIC = "kafka_replyTopic"
REPLY_PARTITION = "kafka_replyPartition"


class RequestFailed(Exception):
    """The reply is INVALID: the request is malformed or cannot be answered."""


class NotReady(Exception):
    """The index has no generation yet; ask again later."""


class Overloaded(NotReady):
    """More requests wait than can be answered in time; ask again later, at growing intervals."""


class Reply(list):
    """Ranked items, best first: dicts with item, score and codes.

    status is OK where the items answer the request; else detail says what they are. explanation
    is None unless the request had explain=True; arm is "live" or "candidate" while two generations are
    compared, else None; query_truncated says that the query is longer than the encoder reads.
    """

    def __init__(self, reply):
        super().__init__(reply.get("items") or [])
        self.status = reply["status"]
        self.detail = reply.get("detail") or ""
        self.generation = reply.get("generation")
        self.explanation = reply.get("explanation")
        self.arm = reply.get("arm")
        self.query_truncated = bool(reply.get("queryTruncated"))

    def reasons(self, place):
        """What spoke for the item at a place, from 0, where the request had explain=True.

        Triples of kind (item, of the history; query, of the query log; word), name, and points of the
        score, those of most points first.
        """
        points = {}
        explanation = self.explanation or {}
        weights = explanation.get("weights")
        for of_item in (explanation.get("attributions") or [])[place:place + 1]:
            for addend in of_item:
                of = (addend["kind"], addend["name"])
                points[of] = points.get(of, 0.0) + addend["value"] * weights[addend["feature"]]
        return sorted(((*of, sum) for of, sum in points.items()), key=lambda one: (-abs(one[2]), one))


class Sidestream:
    """A connection to one catalogue. Thread-safe.

    config has further settings of librdkafka, for example security.protocol. timeout is how many
    seconds a reply is waited for; the index drops a request whose caller has stopped waiting.
    """

    def __init__(
        self, bootstrap_servers="127.0.0.1:9092", prefix="", catalogue="default", timeout=5.0, config=None
    ):
        self._names = prefix if catalogue == "default" else prefix + catalogue + "."
        self._timeout = timeout
        self._failure = None
        self._failing = threading.Lock()
        self._waiting = {}
        self._closed = threading.Event()
        common = dict(config or {}, **{"bootstrap.servers": bootstrap_servers})
        # Records of an item have an order only in one partition: hash keys as Java's clients do.
        self._producer = Producer(
            dict(common, **{"partitioner": "murmur2_random", "enable.idempotence": True, "linger.ms": 1})
        )
        self._consumer = Consumer(
            dict(common, **{"group.id": "sidestream-python", "enable.auto.commit": False})
        )
        self._partitions = {}
        for topic in ("search-results", "recommendation-results"):
            self._partitions[topic] = self._choose_partition(self._names + topic)
        self._consumer.assign(list(self._partitions.values()))
        self._reader = threading.Thread(target=self._read, name="sidestream-replies", daemon=True)
        self._reader.start()

    def _choose_partition(self, topic):
        known = self._consumer.list_topics(topic, timeout=10).topics[topic]
        if known.error is not None:
            raise KafkaException(known.error)
        partition = TopicPartition(topic, random.choice(sorted(known.partitions)))
        # The end now: a reply that comes before the first poll is not missed.
        partition.offset = self._consumer.get_watermark_offsets(partition, timeout=10)[1]
        return partition

    # Items and events

    def put_item(self, item, title, texts=None, attributes=None):
        """Adds an item or replaces it."""
        value = {"id": item, "title": title, "texts": texts or {}, "attributes": attributes or {}}
        self._send("items", item, value)

    def remove_item(self, item):
        """Takes an item out of all answers."""
        self._send("items", item, None)

    def interaction(self, user, item, kind="view", at=None, event_id=None):
        """Records what a user did with an item; at is in seconds, as time.time() gives it.

        Of interactions with one event_id, sent again after a failure, one counts.
        """
        value = {"user": user, "item": item, "kind": kind, "at": _millis(at), "eventId": event_id}
        self._send("interactions", user, value)

    def click(self, query, item, user=None, at=None, event_id=None):
        """Records the item that was chosen after a search; event_id as above."""
        value = {"query": query, "clicked": item, "user": user, "at": _millis(at), "eventId": event_id}
        self._send("searches", user or query, value)

    def flush(self, timeout=30.0):
        """Waits until the brokers have everything; fails if an item or event since the last flush was not delivered."""
        left = self._producer.flush(timeout)
        if left:
            raise TimeoutError(f"{left} records were not acknowledged within {timeout} s")
        with self._failing:
            failure, self._failure = self._failure, None
        if failure is not None:
            raise KafkaException(failure)

    def _send(self, topic, key, value, headers=None, on_delivery=None):
        data = None if value is None else json.dumps(value).encode()
        while True:
            try:
                self._producer.produce(
                    self._names + topic,
                    key=_key(key),
                    value=data,
                    headers=headers,
                    on_delivery=on_delivery or self._delivered,
                )
                self._producer.poll(0)
                return
            except BufferError:  # the local queue is full
                self._producer.poll(0.1)

    def _delivered(self, error, _record):
        if error is not None:
            with self._failing:
                self._failure = error

    # Requests

    def search(self, query, k=10, **fields):
        """The items that match a query.

        Further fields: excluded, filters, boosts, offset, diversity, explain, generation, user.
        """
        return self.ask("search", dict(fields, query=query, k=k)).result(self._timeout)

    def recommend(self, user=None, history=None, k=10, **fields):
        """The next items of a user, or of a history given here.

        Further fields: excludeSeen and those of a search; docs/ask.md has them all.
        """
        request = dict(fields, user=user, history=history or [], k=k)
        return self.ask("recommendation", request).result(self._timeout)

    def similar(self, item, k=10, **fields):
        """The items like one item, which is left out. Further fields: as of a search."""
        return self.ask("recommendation", dict(fields, like=item, k=k)).result(self._timeout)

    def trending(self, k=10, user=None, **fields):
        """The items with most interactions now, without what the user has seen. Further fields: as of a search."""
        return self.ask("recommendation", dict(fields, trending=True, user=user, k=k)).result(self._timeout)

    def ask(self, task, request):
        """Sends a request; a concurrent.futures.Future of its Reply.

        The future ends with a concurrent.futures.TimeoutError where no reply came in time, and with
        a KafkaException where the request was not delivered.
        """
        correlation = uuid.uuid4().hex.encode()
        reply_to = self._partitions[task + "-results"]
        deadline = _millis(time.time() + self._timeout)
        future = Future()
        self._waiting[correlation] = future
        expiry = threading.Timer(self._timeout, self._expire, (correlation,))
        expiry.daemon = True

        def forget(_):
            # Also where its caller cancelled it, nothing is left behind.
            self._waiting.pop(correlation, None)
            expiry.cancel()

        future.add_done_callback(forget)
        expiry.start()
        headers = [
            (CORRELATION_ID, correlation),
            (REPLY_TOPIC, reply_to.topic.encode()),
            (REPLY_PARTITION, struct.pack(">i", reply_to.partition)),
        ]

        def delivered(error, _record):
            if error is not None:
                self._fail(correlation, KafkaException(error))

        self._send(task + "-requests", correlation, dict(request, deadline=deadline), headers, delivered)
        return future

    def _read(self):
        while not self._closed.is_set():
            record = self._consumer.poll(0.1)
            self._producer.poll(0)
            if record is None or record.error() is not None:
                continue
            correlation = dict(record.headers() or []).get(CORRELATION_ID)
            # None for the reply of another caller, and for a duplicate.
            future = self._waiting.pop(correlation, None)
            if future is not None:
                _complete(future, record.value())
        self._consumer.close()

    def _expire(self, correlation):
        self._fail(correlation, FutureTimeout(f"no reply within {self._timeout} s"))

    def _fail(self, correlation, failure):
        future = self._waiting.pop(correlation, None)
        if future is not None and future.set_running_or_notify_cancel():
            future.set_exception(failure)

    def close(self):
        """Sends what is left and stops."""
        self._producer.flush(30.0)
        self._closed.set()
        self._reader.join(10.0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _complete(future, value):
    if not future.set_running_or_notify_cancel():
        return
    try:
        fields = json.loads(value)
        reply = Reply(fields)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        future.set_exception(ValueError(f"the reply is not one in JSON: {error!r}"))
        return
    if reply.status == "INVALID":
        future.set_exception(RequestFailed(reply.detail))
    elif reply.status == "NOT_READY" and fields.get("overloaded"):
        future.set_exception(Overloaded(reply.detail))
    elif reply.status == "NOT_READY":
        future.set_exception(NotReady(reply.detail))
    else:
        future.set_result(reply)


def _key(key):
    """An id that looks like JSON is written as a JSON string, of which readers take the same id."""
    looks_like_json = isinstance(key, str) and key.startswith(('"', "{"))
    return json.dumps(key, ensure_ascii=False) if looks_like_json else key


def _millis(seconds):
    return int((time.time() if seconds is None else seconds) * 1000)
