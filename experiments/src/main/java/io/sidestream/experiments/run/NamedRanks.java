package io.sidestream.experiments.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ranks of several systems by their names, in the order of tables. */
record NamedRanks(Map<String, Ranks> systems) {
  NamedRanks {
    systems = Collections.unmodifiableMap(new LinkedHashMap<>(systems));
  }
}
