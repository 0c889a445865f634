package io.sidestream.schemas;

import java.io.Serializable;
import java.util.Optional;

/** The schemas that producers registered, by the id that their values begin with. Thread-safe. */
public interface WriterSchemas extends Serializable {
  /** What a schema is written in. */
  enum Language {
    AVRO,
    JSON,
    OTHER
  }

  /**
   * A registered schema.
   *
   * @param text as it was registered; empty where the registry's answer holds none that is readable
   */
  record Registered(Language language, String text) {}

  /** Where no registry is set: every id is unknown. */
  static WriterSchemas none() {
    return new NoRegistry();
  }

  /** Where the schemas are from, for messages. */
  String source();

  /**
   * The schema with an id; empty when the registry has none.
   *
   * @throws RuntimeException when the registry cannot be asked
   */
  Optional<Registered> find(int id);

  /** The same schemas, for those who cannot wait for a registry that does not answer. */
  default WriterSchemas withoutWaiting() {
    return this;
  }
}
