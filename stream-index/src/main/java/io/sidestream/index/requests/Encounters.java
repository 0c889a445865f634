package io.sidestream.index.requests;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import java.time.Instant;

/**
 * Hears of what users meet, each with the prompt that would have asked for it just before. Called
 * by threads that must not wait.
 */
public interface Encounters {
  /** Items that a prompt asks for: those of recall@30. */
  int ANSWERS = 30;

  /** Follows no user. */
  Encounters NONE =
      new Encounters() {
        @Override
        public boolean follows(String who) {
          return false;
        }

        @Override
        public void met(Prompt before, ItemId item, Instant at) {
          throw new IllegalStateException("no user is followed, and item " + item + " was met");
        }
      };

  /**
   * Whether encounters are of interest.
   *
   * @param who a user's id; the query of a search without a user
   */
  boolean follows(String who);

  /**
   * A followed user met an item.
   *
   * @param before asks for {@link #ANSWERS} items, knowing nothing of this encounter
   * @param at when, by the event
   */
  void met(Prompt before, ItemId item, Instant at);
}
