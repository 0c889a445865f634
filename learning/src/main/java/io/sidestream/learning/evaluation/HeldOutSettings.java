package io.sidestream.learning.evaluation;

import static io.sidestream.schemas.Checks.check;

/**
 * Sizes of the test and validation sets.
 *
 * @param minInteractions different items that a user needs to be tested, 3 or more
 * @param testUsers maximum number of users whose last interaction is a test
 * @param validationUsers maximum number of these whose interaction before it is for validation
 * @param searchShare share of the searches, the latest, that are tests; as many before them are for
 *     validation; in [0, 0.4]
 * @param searchesPerUser maximum number of tests, and of validations, by one user, so that one busy
 *     user does not decide
 * @param testSearches maximum number of search tests
 * @param validationSearches maximum number of search validations
 */
public record HeldOutSettings(
    int minInteractions,
    int testUsers,
    int validationUsers,
    double searchShare,
    int searchesPerUser,
    int testSearches,
    int validationSearches) {
  public HeldOutSettings {
    check(
        minInteractions >= 3, "%d interactions to be tested, expected 3 or more", minInteractions);
    check(
        searchShare >= 0 && searchShare <= 0.4,
        "share of held-out searches is %s, expected 0 to 0.4",
        searchShare);
    check(
        validationUsers <= testUsers,
        "%d users for validation, expected at most the %d for tests",
        validationUsers,
        testUsers);
  }
}
