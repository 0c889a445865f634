package io.sidestream.trainer;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.UncountedEvents;
import java.util.Optional;

/** Logs of events without those that the counting job does not count. */
final class CountedEvents {
  private CountedEvents() {}

  static EventLog<Interaction> interactions(CountingRule rule) {
    UncountedEvents uncounted = new UncountedEvents(rule);
    return new EventLog<>(
        one -> Optional.of(one.user()),
        new EventLog.Counting<Interaction>() {
          @Override
          public boolean counts(int partition, Interaction one) {
            return rule.weights().of(one.kind()) != 0 && !uncounted.isLeftOut(one);
          }

          @Override
          public void forget(int partition, UserId erased) {
            uncounted.forget(erased);
          }
        });
  }

  static EventLog<Search> searches(CountingRule rule) {
    UncountedEvents uncounted = new UncountedEvents(rule);
    return new EventLog<>(
        Search::user,
        new EventLog.Counting<Search>() {
          @Override
          public boolean counts(int partition, Search one) {
            return !uncounted.isLeftOut(partition, one);
          }

          @Override
          public void forget(int partition, UserId erased) {
            uncounted.forget(partition, erased);
          }
        });
  }
}
