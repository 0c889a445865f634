package io.sidestream.schemas.pairs;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the copies of events when a whole log is read again, by the rule of the counting job. */
public final class RepeatedEvents {
  /*
   * The owner of an interaction is its user. Searches may have none, and those of one user may lie
   * on several partitions, which have no order between them: their owner is the user, or else the
   * pair, of one partition. A copy has the key of what it copies, and so the same owner.
   */
  private final int limit;
  private final Map<String, RecentEvents> byOwner;

  /**
   * @param limit events of an owner that are kept; 0 takes no event for a copy
   */
  public RepeatedEvents(int limit) {
    this(limit, Integer.MAX_VALUE);
  }

  /**
   * For a log without an end.
   *
   * @param owners most owners; those whose events were met longest ago are forgotten first
   */
  public RepeatedEvents(int limit, int owners) {
    this.limit = limit;
    this.byOwner = new LatestOwners(owners);
  }

  private static final class LatestOwners extends LinkedHashMap<String, RecentEvents> {
    @Serial private static final long serialVersionUID = 1;

    private final int most;

    private LatestOwners(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, RecentEvents> eldest) {
      return size() > most;
    }
  }

  /** Whether an interaction was there before; those that weigh nothing must be left out. */
  public boolean isRepeat(Interaction interaction) {
    return isRepeat(interaction.user().value(), interaction.id().map(EventFingerprint::of));
  }

  /** Whether a search of a partition was there before. */
  public boolean isRepeat(int partition, Search search) {
    return isRepeat(owner(partition, search), search.id().map(EventFingerprint::of));
  }

  /** Whether an event of an owner was there before; one without an id never was. */
  public boolean isRepeat(String owner, Optional<EventFingerprint> event) {
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
  }

  /** Whose search it is, among those of its partition. */
  public static String owner(int partition, Search search) {
    String who =
        search
            .user()
            .map(UserId::value)
            .orElseGet(() -> PairKey.of(Pair.QueryItem.of(search.query(), search.clicked())));
    return partition + "\t" + who;
  }
}
