package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A metric of cases, case by case.
 *
 * @param values shape [case]
 * @param users whose cases they are, as many
 */
public record CaseValues(double[] values, List<Optional<UserId>> users) {
  /*
   * Cases of one user are alike: who tags by mood tags a hundred films so. What holds for the next
   * users is as sure as there are users, not cases, so errors take the cases of each together.
   * Without a user a case is one of its own.
   */

  public CaseValues {
    check(
        values.length == users.size(),
        "%d values of cases of %d users, expected as many",
        values.length,
        users.size());
    values = values.clone();
    users = List.copyOf(users);
  }

  /** Those of several groups of cases, one after the other. */
  public static CaseValues of(List<CaseValues> groups) {
    return new CaseValues(
        groups.stream().flatMapToDouble(one -> Arrays.stream(one.values)).toArray(),
        groups.stream().flatMap(one -> one.users.stream()).toList());
  }

  /** The number of cases. */
  public int size() {
    return values.length;
  }

  /** The mean; its error is that of the users. */
  public MeanEstimate estimate() {
    return MeanEstimate.of(values, clusters());
  }

  /** These less others of the same cases. */
  CaseValues minus(CaseValues others) {
    check(
        users.equals(others.users),
        "%d values of cases and %d of other cases, expected the same ones",
        size(),
        others.size());
    return new CaseValues(
        IntStream.range(0, size()).mapToDouble(i -> values[i] - others.values[i]).toArray(), users);
  }

  private List<Object> clusters() {
    List<Object> clusters = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      Optional<UserId> user = users.get(i);
      clusters.add(user.isPresent() ? user.get() : (Object) i);
    }
    return clusters;
  }
}
