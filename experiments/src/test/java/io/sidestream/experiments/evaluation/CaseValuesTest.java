package io.sidestream.experiments.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaseValuesTest {
  private static final double[] FIRST = {1, 1, 1, 1, 0, 0};
  private static final double[] SECOND = {0, 0, 0, 1, 0, 0};

  @Test
  void estimate_casesOfNoUser_areIndependent() {
    MeanEstimate estimate = of(FIRST, null, null, null, null, null, null).estimate();

    MeanEstimate independent = MeanEstimate.of(FIRST);
    assertEquals(6, estimate.clusters());
    assertEquals(independent.standardError(), estimate.standardError(), 1e-15);
  }

  @Test
  void estimate_oneCaseEach_isThatOfIndependentCases() {
    MeanEstimate estimate = of(FIRST, "a", "b", "c", "d", "e", "f").estimate();

    assertEquals(MeanEstimate.of(FIRST).standardError(), estimate.standardError(), 1e-15);
  }

  /** The same values twice say no more than once. */
  @Test
  void estimate_eachCaseTwice_hasTheErrorOfOnce() {
    double[] twice = {1, 1, 0, 0, 1, 1};
    MeanEstimate estimate = of(twice, "a", "a", "b", "b", "c", "c").estimate();

    double[] once = {1, 0, 1};
    assertEquals(MeanEstimate.of(once).standardError(), estimate.standardError(), 1e-15);
    assertEquals(3, estimate.clusters());
  }

  /** Sums of a, b, c less the mean 2/3: 4/3, 0 − 2/3, 0 − 2/3; √(24/9 · 3/2) / 6. */
  @Test
  void estimate_usersOfUnequalCases_isAsWorkedOut() {
    MeanEstimate estimate = of(FIRST, "a", "a", "a", "a", "b", "c").estimate();

    assertEquals(2 / 3.0, estimate.mean(), 1e-15);
    assertEquals(Math.sqrt(24 / 9.0 * 3 / 2) / 6, estimate.standardError(), 1e-15);
  }

  @Test
  void estimate_oneUser_hasNoError() {
    assertTrue(Double.isNaN(of(FIRST, "a", "a", "a", "a", "a", "a").estimate().standardError()));
  }

  @Test
  void pairedTest_differencesOfOneUser_areNotSignificant() {
    double[] one = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
    double[] other = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    String[] unknown = new String[one.length];
    String[] busy = {"a", "a", "a", "a", "a", "a", "a", "a", "b", "c", "d", "e"};

    assertTrue(PairedTest.of(of(one, unknown), of(other, unknown)).significant());
    PairedTest test = PairedTest.of(of(one, busy), of(other, busy));
    assertFalse(test.significant());
    assertEquals(5, test.n());
  }

  @Test
  void pairedTest_otherCasesOrOneUser_isRefused() {
    CaseValues some = of(FIRST, "a", "a", "b", "b", "c", "c");

    CaseValues ofOthers = of(SECOND, "a", "a", "b", "b", "c", "d");
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(some, ofOthers));
    CaseValues one = of(FIRST, "a", "a", "a", "a", "a", "a");
    CaseValues ofOne = of(SECOND, "a", "a", "a", "a", "a", "a");
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(one, ofOne));
  }

  @Test
  void of_groups_areOneAfterTheOther() {
    CaseValues both = CaseValues.of(List.of(of(new double[] {1}, "a"), of(new double[] {2}, "b")));

    assertArrayEquals(new double[] {1, 2}, both.values());
    assertEquals(List.of(Optional.of(new UserId("a")), Optional.of(new UserId("b"))), both.users());
  }

  private static CaseValues of(double[] values, String... users) {
    return new CaseValues(
        values,
        Arrays.stream(users).map(user -> Optional.ofNullable(user).map(UserId::new)).toList());
  }
}
