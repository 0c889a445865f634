package io.sidestream.index.requests;

import io.sidestream.schemas.pairs.RecentItems;
import java.util.Optional;

/**
 * A request joined with its user's history.
 *
 * @param history empty for a user without interactions
 */
record WithHistory(KeyedRequest request, Optional<RecentItems> history) {}
