package io.sidestream.index.requests;

import io.sidestream.schemas.pairs.RecentItems;
import java.util.Optional;

/**
 * A request that met its user's history.
 *
 * @param history empty when nothing was seen of the user
 */
record WithHistory(KeyedRequest request, Optional<RecentItems> history) {}
