package io.sidestream.model.ranking;

import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.schemas.NormalizedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Queries as generator prompts, by the encoder of one generation. Those asked for last are kept, so
 * that a repeated search costs no encoding. Thread-safe.
 */
final class EncodedQueries {
  private final PromptEncoder prompts;
  private final QueryCache cache;
  private final Map<String, GeneratorPrompt> kept; // by normalized query, guarded by itself

  EncodedQueries(PromptEncoder prompts, QueryCache cache) {
    this.prompts = prompts;
    this.cache = cache;
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, GeneratorPrompt> eldest) {
            return size() > cache.most();
          }
        };
  }

  /** The prompt of a query; two threads that ask for a new one both encode it, to the same. */
  GeneratorPrompt of(String query) {
    String normalized = NormalizedQuery.of(query);
    Optional<GeneratorPrompt> known = known(normalized);
    if (known.isPresent()) {
      cache.hit().run();
      return known.get();
    }
    cache.miss().run();
    GeneratorPrompt encoded = prompts.search(normalized);
    synchronized (kept) {
      kept.put(normalized, encoded);
    }
    return encoded;
  }

  /** How many are kept. */
  int size() {
    synchronized (kept) {
      return kept.size();
    }
  }

  private Optional<GeneratorPrompt> known(String normalized) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(normalized));
    }
  }
}
