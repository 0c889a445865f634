package io.sidestream.ingest.pairs;

import io.sidestream.ingest.KafkaFixture;
import io.sidestream.schemas.EventId;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.Transition;
import io.sidestream.schemas.pairs.TransitionCounts;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Random interactions and searches, and what counting them naively gives. */
public final class Events {
  private static final int USERS = 40;
  private static final int ITEMS = 30;
  private static final int QUERIES = 10;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Each kind with a weight of its own. */
  private static final List<String> KINDS =
      List.of("view", "view", "purchase", "view", "dislike", "impression", "purchase");

  private final SplittableRandom random;
  private final WindowLimits limits;
  private final KindWeights weights;
  private final Map<String, List<Interaction>> seen = new HashMap<>();
  private final Map<String, Long> totals = new TreeMap<>();
  private final Map<Interaction, Search> named = new LinkedHashMap<>();
  private final List<Transition> transitions = new ArrayList<>();

  public Events(long seed, WindowLimits limits) {
    this(seed, CountingRule.of(limits));
  }

  /**
   * @param rule whose weights may be those of {@code view}, {@code purchase}, {@code dislike} and
   *     {@code impression}
   */
  public Events(long seed, CountingRule rule) {
    this.random = new SplittableRandom(seed);
    this.limits = rule.window();
    this.weights = rule.weights();
  }

  /** Sends a number of interactions, and a search for every fourth of them. */
  public void send(KafkaFixture kafka, int interactions) throws Exception {
    for (int i = 0; i < interactions; i++) {
      Interaction interaction = interaction(KINDS.get(i % KINDS.size()));
      kafka.sendSoon(
          Topics.DEFAULT.interactions(),
          interaction.user().value(),
          Codecs.interaction().encode(interaction));
      count(interaction);
      if (i % 4 == 0) {
        Search search = search();
        kafka.sendSoon(Topics.DEFAULT.searches(), search.query(), Codecs.search().encode(search));
        count(search);
      }
    }
    kafka.flush();
  }

  /** Sends events with ids, which count once however often they are sent again. */
  public void sendNamed(KafkaFixture kafka, int number) throws Exception {
    for (int i = 0; i < number; i++) {
      Optional<EventId> id = Optional.of(new EventId("event " + i));
      Interaction plain = interaction(KINDS.get(i % KINDS.size()));
      Interaction one =
          new Interaction(plain.user(), plain.item(), plain.kind(), plain.weight(), plain.at(), id);
      Search search = search();
      named.put(one, new Search(search.query(), search.clicked(), search.user(), START, id));
      count(one);
      count(search);
    }
    sendNamedAgain(kafka);
  }

  /** Sends the events with ids once more. */
  public void sendNamedAgain(KafkaFixture kafka) throws Exception {
    for (Map.Entry<Interaction, Search> each : named.entrySet()) {
      Interaction one = each.getKey();
      kafka.sendSoon(
          Topics.DEFAULT.interactions(), one.user().value(), Codecs.interaction().encode(one));
      Search search = each.getValue();
      kafka.sendSoon(Topics.DEFAULT.searches(), search.query(), Codecs.search().encode(search));
    }
    kafka.flush();
  }

  /** Total by key, counted pair by pair. */
  public Map<String, Long> totals() {
    return totals;
  }

  /** Number of transitions so far. */
  public int transitions() {
    return transitions.size();
  }

  /** Neighbours by item, of the transitions after the first {@code from}. */
  public Map<String, ItemNeighbours> neighbours(int from, int limit) {
    TransitionCounts counts = new TransitionCounts();
    transitions.subList(from, transitions.size()).forEach(counts::add);
    return byText(counts.best(limit));
  }

  static Map<String, ItemNeighbours> byText(Map<ItemId, ItemNeighbours> neighbours) {
    Map<String, ItemNeighbours> byText = new TreeMap<>();
    neighbours.forEach((item, each) -> byText.put(item.value(), each));
    return byText;
  }

  /** The last neighbours read of each item. */
  public static Map<String, ItemNeighbours> neighbours(KafkaFixture kafka) throws Exception {
    Map<String, ItemNeighbours> last = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(Topics.DEFAULT.itemNeighbours())) {
      String item = KafkaFixture.text(record.key());
      if (record.value() == null) {
        last.remove(item);
      } else {
        last.put(item, Codecs.itemNeighbours().decode(record.value()));
      }
    }
    return last;
  }

  /** The items clicked after each query, by totals under the record keys of pairs. */
  public static Map<String, ClickedItems> clicked(Map<String, Long> totals) {
    Map<String, Map<ItemId, Long>> clicks = new TreeMap<>();
    totals.forEach(
        (key, total) ->
            PairKey.parse(key)
                .fold(
                    items -> Optional.<Long>empty(),
                    pair ->
                        Optional.ofNullable(
                            clicks
                                .computeIfAbsent(pair.query(), query -> new HashMap<>())
                                .put(pair.item(), total))));
    Map<String, ClickedItems> clicked = new TreeMap<>();
    clicks.forEach((query, of) -> clicked.put(query, ClickedItems.of(of)));
    return clicked;
  }

  /** The last clicked items read of each query. */
  public static Map<String, ClickedItems> clicked(KafkaFixture kafka) throws Exception {
    Map<String, ClickedItems> last = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(Topics.DEFAULT.clickedItems())) {
      String query = KafkaFixture.text(record.key());
      if (record.value() == null) {
        last.remove(query);
      } else {
        last.put(query, Codecs.clickedItems().decode(record.value()));
      }
    }
    return last;
  }

  /** The last total read of each key. */
  public static Map<String, Long> read(KafkaFixture kafka) throws Exception {
    Map<String, Long> last = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(Topics.DEFAULT.pairCounts())) {
      PairCount count = Codecs.pairCount().decode(record.value());
      Long before = last.put(KafkaFixture.text(record.key()), count.total());
      if (before != null && before >= count.total()) {
        throw new AssertionError("total of " + count.pair() + " fell from " + before);
      }
      if (!PairKey.of(count.pair()).equals(KafkaFixture.text(record.key()))) {
        throw new AssertionError("key of " + count.pair() + " names another pair");
      }
    }
    return last;
  }

  private Interaction interaction(String kind) {
    return new Interaction(
        new UserId("user " + random.nextInt(USERS)),
        item(),
        kind,
        1,
        START.plusSeconds(random.nextLong(limits.age().toSeconds() * 2)));
  }

  private Search search() {
    String query = random.nextBoolean() ? "A  Heist %d" : "a heist %d";
    return new Search(
        String.format(query, random.nextInt(QUERIES)), item(), Optional.empty(), START);
  }

  private ItemId item() {
    return new ItemId("item " + random.nextInt(ITEMS));
  }

  /** The rule of the window, written again as loops over a list of events, oldest first. */
  private void count(Interaction interaction) {
    int times = weights.of(interaction.kind());
    if (times == 0) {
      return;
    }
    List<Interaction> window =
        seen.computeIfAbsent(interaction.user().value(), user -> new ArrayList<>());
    for (int i = window.size() - 1; i >= 0 && times > 0; i--) {
      Interaction earlier = window.get(i);
      long apart = Math.abs(interaction.at().toEpochMilli() - earlier.at().toEpochMilli());
      if (apart <= limits.age().toMillis() && !earlier.item().equals(interaction.item())) {
        add(Pair.ItemItem.of(earlier.item(), interaction.item()), times);
        long weight = times * Math.round(Math.pow(0.9, window.size() - 1.0 - i) * 1e6);
        transitions.add(new Transition(earlier.item(), interaction.item(), weight));
      }
    }
    window.removeIf(earlier -> earlier.item().equals(interaction.item()));
    if (times > 0) {
      window.add(interaction);
    }
    if (window.size() > limits.items()) {
      window.remove(0);
    }
  }

  private void count(Search search) {
    add(new Pair.QueryItem(NormalizedQuery.of(search.query()), search.clicked()), 1);
  }

  private void add(Pair pair, long times) {
    totals.merge(PairKey.of(pair), times, Long::sum);
  }
}
