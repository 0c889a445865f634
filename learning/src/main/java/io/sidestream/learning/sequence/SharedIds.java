package io.sidestream.learning.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers whose ID several items share, with those items. Arrays are not copied.
 *
 * <p>Letters: n answers, s of them with a shared ID, U different items, P pairs of such an answer
 * and an item of its ID.
 *
 * @param items rows of the items (U)
 * @param pairAnswers (P), in [0, n)
 * @param pairItems (P), in [0, U)
 * @param most items of the largest ID
 * @param cells the pairs of each answer, padded by P; row-major (s, most)
 * @param places where each answer's own item is among them (s)
 * @param ofAnswer which of the s each answer is, or s (n)
 */
record SharedIds(
    int[] items,
    long[] pairAnswers,
    long[] pairItems,
    int most,
    long[] cells,
    long[] places,
    long[] ofAnswer) {

  static SharedIds of(int[] rows, SequenceItems all) {
    List<Integer> answers = new ArrayList<>(); // [s]
    int most = 0;
    long[] ofAnswer = new long[rows.length];
    int pairs = 0;
    for (int i = 0; i < rows.length; i++) {
      int sharing = all.sharing(rows[i]).length;
      ofAnswer[i] = sharing > 1 ? answers.size() : -1;
      if (sharing > 1) {
        answers.add(i);
        pairs += sharing;
        most = Math.max(most, sharing);
      }
    }
    SharedIds shared =
        new SharedIds(
            distinct(rows, answers, all),
            new long[pairs],
            new long[pairs],
            most,
            new long[answers.size() * most],
            new long[answers.size()],
            ofAnswer);
    shared.fill(rows, answers, all);
    return shared;
  }

  private static int[] distinct(int[] rows, List<Integer> answers, SequenceItems all) {
    return answers.stream()
        .flatMapToInt(i -> Arrays.stream(all.sharing(rows[i])))
        .distinct()
        .toArray();
  }

  private void fill(int[] rows, List<Integer> answers, SequenceItems all) {
    Map<Integer, Integer> placeOf = new HashMap<>();
    for (int u = 0; u < items.length; u++) {
      placeOf.put(items[u], u);
    }
    int pair = 0;
    for (int s = 0; s < answers.size(); s++) {
      int row = rows[answers.get(s)];
      int[] sharing = all.sharing(row);
      places[s] = all.place(row);
      for (int i = 0; i < most; i++) {
        cells[s * most + i] = i < sharing.length ? pair : pairs();
        if (i < sharing.length) {
          pairAnswers[pair] = answers.get(s);
          pairItems[pair++] = placeOf.getOrDefault(sharing[i], 0);
        }
      }
    }
    for (int i = 0; i < ofAnswer.length; i++) {
      ofAnswer[i] = ofAnswer[i] < 0 ? answers.size() : ofAnswer[i];
    }
  }

  boolean isEmpty() {
    return places.length == 0;
  }

  /** s. */
  int size() {
    return places.length;
  }

  /** P. */
  int pairs() {
    return pairItems.length;
  }
}
