package io.sidestream.trainer.watching;

import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationTest;
import java.time.Instant;
import java.util.Optional;

/** Decides on generations by the tests that come, without an operator. One thread. */
public interface GenerationRule {
  /** Who decides, in audits. */
  String AUTHOR = "trainer";

  /** A test came. */
  void add(GenerationTest test);

  /** What is decided now, if anything; called several times a minute. */
  Optional<Ruling> look(GenerationHistory history, Instant now);
}
