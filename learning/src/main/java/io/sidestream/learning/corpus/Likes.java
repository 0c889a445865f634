package io.sidestream.learning.corpus;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.KindWeights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The interactions that speak for their items. */
public final class Likes {
  private Likes() {}

  /**
   * The interactions whose kinds weigh more than 0, without those with an item that their user
   * disliked afterwards; the same list where all kinds count alike.
   *
   * @param interactions those of one user in order of arrival
   */
  public static List<Interaction> of(List<Interaction> interactions, KindWeights weights) {
    if (weights.areAlike()) {
      return interactions;
    }
    Set<Disliked> disliked = new HashSet<>();
    List<Interaction> likes = new ArrayList<>();
    for (int i = interactions.size() - 1; i >= 0; i--) {
      Interaction one = interactions.get(i);
      Disliked pair = new Disliked(one.user(), one.item());
      int weight = weights.of(one.kind());
      if (weight < 0) {
        disliked.add(pair);
      } else if (weight > 0 && !disliked.contains(pair)) {
        likes.add(one);
      }
    }
    Collections.reverse(likes);
    return likes;
  }

  private record Disliked(UserId user, ItemId item) {}
}
