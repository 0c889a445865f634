"""The client against a running system: TEST_BOOTSTRAP_SERVERS=127.0.0.1:9092 python -m unittest test_sidestream

The system serves a generation of the sample (./sidestream demo) and has index.filter.attributes=genre,year.
"""

import concurrent.futures
import json
import os
import time
import unittest

from confluent_kafka import KafkaException, Producer

import sidestream as client
from sidestream import NotReady, Overloaded, RequestFailed, Sidestream

SERVERS = os.environ.get("TEST_BOOTSTRAP_SERVERS")
USERS = 200
PATIENCE = 60.0


def eventually(wanted):
    """The result of a function once it is true."""
    end = time.time() + PATIENCE
    while time.time() < end:
        found = wanted()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("not within %s s" % PATIENCE)


class RepliesTest(unittest.TestCase):
    """What becomes of a request's future; the broker is the one that librdkafka has for tests."""

    @classmethod
    def setUpClass(cls):
        cls.producer = Producer({"bootstrap.servers": "127.0.0.1:1", "test.mock.num.brokers": 1, "log_level": 3})
        for topic in ("search-requests", "search-results", "recommendation-results"):
            cls.producer.produce(topic, value=b"makes the topic")
        cls.producer.flush(30)
        broker = next(iter(cls.producer.list_topics(timeout=10).brokers.values()))
        cls.servers = "%s:%s" % (broker.host, broker.port)
        cls.sidestream = Sidestream(cls.servers, timeout=30.0)

    @classmethod
    def tearDownClass(cls):
        cls.sidestream.close()

    def tearDown(self):
        self.assertEqual({}, self.sidestream._waiting)

    def ask(self, value):
        """Asks, and has this value sent as the reply."""
        future = self.sidestream.ask("search", {"query": "storm"})
        self.reply(next(reversed(self.sidestream._waiting)), value)
        return future

    def reply(self, correlation, value):
        partition = self.sidestream._partitions["search-results"].partition
        headers = [(client.CORRELATION_ID, correlation)]
        self.producer.produce("search-results", partition=partition, headers=headers, value=value)
        self.producer.flush(30)

    def answered(self, **reply):
        return self.ask(json.dumps(reply).encode())

    def test_ask_withoutAReply_endsWithATimeout(self):
        hasty = Sidestream(self.servers, timeout=0.1)
        self.addCleanup(hasty.close)
        future = hasty.ask("search", {"query": "storm"})
        self.assertIsInstance(future.exception(PATIENCE), concurrent.futures.TimeoutError)
        self.assertEqual({}, hasty._waiting)

    def test_ask_cancelled_leavesNothingAndTheReaderRuns(self):
        future = self.sidestream.ask("search", {"query": "storm"})
        correlation = next(iter(self.sidestream._waiting))
        self.assertTrue(future.cancel())
        self.assertEqual({}, self.sidestream._waiting)
        self.reply(correlation, b'{"status": "OK"}')
        self.assertEqual("OK", self.answered(status="OK").result(PATIENCE).status)

    def test_ask_replyThatIsNoJson_failsItAloneAndTheReaderRuns(self):
        for value in (b"\xc3\x01", b"[]", b"{}", b'"x"'):
            self.assertIsInstance(self.ask(value).exception(PATIENCE), ValueError)
        self.assertEqual("OK", self.answered(status="OK").result(PATIENCE).status)

    def test_ask_refusals_areExceptionsOfTheirOwn(self):
        overloaded = self.answered(status="NOT_READY", overloaded=True).exception(PATIENCE)
        self.assertIs(Overloaded, type(overloaded))
        self.assertIs(NotReady, type(self.answered(status="NOT_READY").exception(PATIENCE)))
        self.assertIs(RequestFailed, type(self.answered(status="INVALID").exception(PATIENCE)))

    def test_ask_explained_keepsTheExplanation(self):
        reply = self.answered(status="OK", explanation={"beams": []}).result(PATIENCE)
        self.assertEqual({"beams": []}, reply.explanation)

    def test_reasons_severalFeatures_areSummedUp(self):
        addend = lambda feature, name, value: {"feature": feature, "kind": "item", "name": name, "value": value}
        reply = self.answered(status="OK", explanation={
            "weights": {"dense": 2.0, "transitions": 10.0},
            "attributions": [[addend("dense", "a", 0.5), addend("dense", "b", -0.25), addend("transitions", "b", 0.5)]],
        }).result(PATIENCE)
        self.assertEqual([("item", "b", 4.5), ("item", "a", 1.0)], reply.reasons(0))
        self.assertEqual([], reply.reasons(1))
        self.assertEqual([], self.answered(status="UNKNOWN_USER").result(PATIENCE).reasons(0))

    def unreached(self):
        """A client whose records have not left yet: it does not know their topics' leaders."""
        unreached = Sidestream(self.servers, timeout=30.0)
        self.addCleanup(unreached.close)
        return unreached

    def test_flush_afterAFailedDelivery_failsOnce(self):
        unreached = self.unreached()
        unreached.interaction("ann", "film-1")
        unreached._producer.purge()
        with self.assertRaises(KafkaException):
            unreached.flush()
        unreached.interaction("ann", "film-1")
        unreached.flush()

    def test_ask_notDelivered_failsItAlone(self):
        unreached = self.unreached()
        future = unreached.ask("search", {"query": "storm"})
        unreached._producer.purge()
        self.assertIsInstance(future.exception(PATIENCE), KafkaException)
        self.assertEqual({}, unreached._waiting)
        unreached.flush()

    def test_key_thatLooksLikeJson_isAJsonString(self):
        self.assertEqual("ann", client._key("ann"))
        self.assertEqual('"\\"ann\\""', client._key('"ann"'))
        self.assertEqual('"{é}"', client._key("{é}"))


@unittest.skipUnless(SERVERS, "TEST_BOOTSTRAP_SERVERS is not set")
class SidestreamTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_id = "py-%x" % int(time.time())
        cls.sidestream = Sidestream(SERVERS, timeout=30.0)

    @classmethod
    def tearDownClass(cls):
        cls.sidestream.close()

    def test_search_ofTheSample_answersInPages(self):
        first = self.sidestream.search("storm", k=5)
        second = self.sidestream.search("storm", k=5, offset=5)
        both = self.sidestream.search("storm", k=10)

        self.assertEqual("OK", first.status)
        self.assertEqual(5, len(first))
        if first.generation == second.generation == both.generation:
            shown = [item["item"] for item in first + second]
            self.assertEqual([item["item"] for item in both], shown)

    def test_recommend_newUsersOfAClientWithItsOwnPartitioner_areKnown(self):
        """librdkafka's default partitioner places users elsewhere than Java's clients do."""
        items = [item["item"] for item in self.sidestream.search("storm", k=5)]
        producer = Producer({"bootstrap.servers": SERVERS})
        users = ["%s-%d" % (self.run_id, i) for i in range(USERS)]
        for i, user in enumerate(users):
            value = {"user": user, "item": items[i % 5], "kind": "view", "at": int(time.time() * 1000)}
            key = [user, json.dumps(user), json.dumps({"id": user})][i % 3]
            producer.produce("interactions", key=key, value=json.dumps(value))
        producer.flush(30)

        def unknown():
            asked = [self.sidestream.ask("recommendation", {"user": user, "k": 3}) for user in users]
            return [reply for reply in asked if reply.result(30).status != "OK"]

        self.assertTrue(eventually(lambda: not unknown()))

    def test_put_item_isFoundByItsTitleAndFiltered(self):
        title = "Zanzibar %s" % self.run_id
        item = "new-" + self.run_id
        self.sidestream.put_item(item, title, {"plot": "A lighthouse."}, {"genre": ["Nautical"], "year": 1907})
        self.sidestream.flush()
        nautical = [{"attribute": "genre", "anyOf": ["Nautical"]}]

        eventually(lambda: item in [it["item"] for it in self.sidestream.search(title, k=3)])
        found = eventually(lambda: self.sidestream.search("storm", k=10, filters=nautical))
        self.assertEqual([item], [it["item"] for it in found if it["item"].startswith("new-" + self.run_id)])
        old = [{"attribute": "year", "atMost": 1910}]
        self.assertIn(item, [it["item"] for it in self.sidestream.search("storm", k=10, filters=old)])
        first = [dict(nautical[0], addend=1000)]
        self.assertEqual(item, self.sidestream.search("storm", k=1, boosts=first)[0]["item"])
        without = [{"attribute": "genre", "noneOf": ["Nautical"]}]
        self.assertNotIn(item, [it["item"] for it in self.sidestream.search(title, k=50, filters=without)])

        self.sidestream.put_item(item, title, {"plot": "A lighthouse."}, {"genre": ["Drama"], "year": 1907})
        self.sidestream.flush()
        eventually(lambda: not self.sidestream.search("storm", k=10, filters=nautical))
        self.sidestream.remove_item(item)
        self.sidestream.flush()
        eventually(lambda: item not in [it["item"] for it in self.sidestream.search(title, k=3)])

    def test_similar_ofAnItem_leavesItOut(self):
        item = self.sidestream.search("storm", k=1)[0]["item"]
        similar = self.sidestream.similar(item, k=5)
        self.assertEqual("OK", similar.status)
        self.assertNotIn(item, [it["item"] for it in similar])
        self.assertEqual("UNKNOWN_ITEMS", self.sidestream.similar("no-such-item", k=5).status)
        with self.assertRaisesRegex(RequestFailed, "expected one of them"):
            self.sidestream.similar(item, user="ann")

    def test_request_withAMistake_saysWhichField(self):
        with self.assertRaisesRegex(RequestFailed, 'field "k" is a text, expected a whole number'):
            self.sidestream.search("storm", k="ten")
        with self.assertRaisesRegex(RequestFailed, "filter is on attribute colour"):
            self.sidestream.search("storm", filters=[{"attribute": "colour", "anyOf": ["red"]}])
        with self.assertRaisesRegex(RequestFailed, "diversity is 2.0, expected 0 to 1"):
            self.sidestream.search("storm", diversity=2)


if __name__ == "__main__":
    unittest.main()
