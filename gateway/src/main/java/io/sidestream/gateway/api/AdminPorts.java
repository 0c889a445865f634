package io.sidestream.gateway.api;

import io.sidestream.admin.BearerToken;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The admin ports of the processes that the page shows.
 *
 * @param byName process → address
 * @param token what all of them ask for, where one is set
 */
public record AdminPorts(Map<String, URI> byName, Optional<BearerToken> token) {
  public AdminPorts {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }
}
