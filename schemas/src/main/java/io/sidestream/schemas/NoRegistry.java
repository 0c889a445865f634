package io.sidestream.schemas;

import java.util.Optional;

/** Where no registry is set: every id is unknown. */
record NoRegistry() implements WriterSchemas {
  @Override
  public String source() {
    return "no schema registry (schema.registry.url is not set)";
  }

  @Override
  public Optional<Registered> find(int id) {
    return Optional.empty();
  }
}
