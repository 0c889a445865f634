package io.sidestream.index.requests;

import java.util.Optional;

/**
 * A request joined with its user's history.
 *
 * @param history empty for a user without interactions
 */
record WithHistory(KeyedRequest request, Optional<UserHistory> history) {}
