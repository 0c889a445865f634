package io.sidestream.learning.corpus;

import static io.sidestream.schemas.Checks.check;

/**
 * How much is kept back.
 *
 * @param minMeetings different items that a person must have met to be tested, 3 or more
 * @param testUsers most people whose last meeting is a test
 * @param validationUsers most of these whose meeting before it is for validation
 * @param searchShare share of the searches, the latest, that are tests; as many before them are for
 *     validation; in [0, 0.4]
 * @param searchesPerUser most tests and most validations by one person, so that one busy person
 *     does not decide
 * @param testSearches most search tests
 * @param validationSearches most search validations
 */
public record HeldOutSettings(
    int minMeetings,
    int testUsers,
    int validationUsers,
    double searchShare,
    int searchesPerUser,
    int testSearches,
    int validationSearches) {
  public static final HeldOutSettings DEFAULT =
      new HeldOutSettings(4, 1_000, 500, 0.15, 400, 1_000, 500);

  public HeldOutSettings {
    check(minMeetings >= 3, "%d meetings to be tested, expected 3 or more", minMeetings);
    check(
        searchShare >= 0 && searchShare <= 0.4,
        "share of searches kept back is %s, expected 0 to 0.4",
        searchShare);
    check(
        validationUsers <= testUsers,
        "%d people for validation, expected at most the %d for tests",
        validationUsers,
        testUsers);
  }
}
