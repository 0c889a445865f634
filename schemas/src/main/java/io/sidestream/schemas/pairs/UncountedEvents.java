package io.sidestream.schemas.pairs;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the events that do not count when a whole log is read again, by the rule of the counting
 * job: copies, and those that are too many.
 */
public final class UncountedEvents {
  /*
   * The owner of an interaction is its user. Searches may have none, and those of one user may lie
   * on several partitions, which have no order between them: their owner is the user, or else the
   * pair, of one partition. A copy has the key of what it copies, and so the same owner.
   */
  private final int limit;
  private final int hourly;
  private final int hourlySearches;
  private final Map<String, RecentEvents> byOwner;
  private final Map<String, EventsInHour> hours;

  /** For a log that ends. */
  public UncountedEvents(CountingRule rule) {
    this(rule.keptIds(), rule.hourly(), rule.hourlySearches(), Integer.MAX_VALUE);
  }

  /**
   * For a log of interactions without an end.
   *
   * @param limit events of an owner that are kept; 0 takes no event for a copy
   * @param hourly interactions of a user that count in an hour; 0 for all
   * @param owners most owners; those whose events were met longest ago are forgotten first
   */
  public UncountedEvents(int limit, int hourly, int owners) {
    this(limit, hourly, 0, owners);
  }

  private UncountedEvents(int limit, int hourly, int hourlySearches, int owners) {
    this.limit = limit;
    this.hourly = hourly;
    this.hourlySearches = hourlySearches;
    this.byOwner = new LatestOwners<>(owners);
    this.hours = new LatestOwners<>(owners);
  }

  private static final class LatestOwners<T> extends LinkedHashMap<String, T> {
    @Serial private static final long serialVersionUID = 1;

    private final int most;

    private LatestOwners(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
      return size() > most;
    }
  }

  /** Whether an interaction does not count; those that weigh nothing must not be asked about. */
  public boolean isLeftOut(Interaction interaction) {
    return isLeftOut(
        interaction.user().value(),
        interaction.id().map(EventFingerprint::of),
        interaction.at().toEpochMilli());
  }

  /** Whether a user's interaction does not count: it is a copy, or one too many of its hour. */
  public boolean isLeftOut(String user, Optional<EventFingerprint> event, long atMillis) {
    return isRepeat(user, event) || isTooMany(user, atMillis, hourly);
  }

  /** Whether a search of a partition does not count: a copy, or one too many of its user's hour. */
  public boolean isLeftOut(int partition, Search search) {
    return isSearchLeftOut(
        owner(partition, search),
        search.id().map(EventFingerprint::of),
        search.user().isPresent()
            ? OptionalLong.of(search.at().toEpochMilli())
            : OptionalLong.empty());
  }

  /**
   * The same of what counting needs of it.
   *
   * @param atMillis its time; empty without a user, whose searches have no limit
   */
  public boolean isSearchLeftOut(
      String owner, Optional<EventFingerprint> event, OptionalLong atMillis) {
    return isRepeat(owner, event)
        || (atMillis.isPresent() && isTooMany(owner, atMillis.getAsLong(), hourlySearches));
  }

  private boolean isTooMany(String owner, long atMillis, int most) {
    if (most == 0) {
      return false;
    }
    EventsInHour before = hours.getOrDefault(owner, EventsInHour.NONE);
    if (before.isFull(atMillis, most)) {
      return true;
    }
    hours.put(owner, before.with(atMillis));
    return false;
  }

  /** Whether an event of an owner was there before; one without an id never was. */
  private boolean isRepeat(String owner, Optional<EventFingerprint> event) {
    if (event.isEmpty() || limit == 0) {
      return false;
    }
    RecentEvents before = byOwner.getOrDefault(owner, RecentEvents.NONE);
    if (before.holds(event.get())) {
      return true;
    }
    byOwner.put(owner, before.with(event.get(), limit));
    return false;
  }

  /** Forgets the interactions of a user, who is erased. */
  public void forget(UserId user) {
    byOwner.remove(user.value());
    hours.remove(user.value());
  }

  /** Forgets the searches of a user, who is erased, on a partition. */
  public void forget(int partition, UserId user) {
    byOwner.remove(owner(partition, user));
    hours.remove(owner(partition, user));
  }

  /** Whose a user's searches of a partition are. */
  public static String owner(int partition, UserId user) {
    return owner(partition, user.value());
  }

  private static String owner(int partition, String who) {
    return partition + "\t" + who;
  }

  /** Whose search it is, among those of its partition. */
  public static String owner(int partition, Search search) {
    String who =
        search
            .user()
            .map(UserId::value)
            .orElseGet(() -> PairKey.of(Pair.QueryItem.of(search.query(), search.clicked())));
    return owner(partition, who);
  }
}
