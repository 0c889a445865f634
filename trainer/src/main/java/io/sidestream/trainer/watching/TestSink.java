package io.sidestream.trainer.watching;

import io.sidestream.schemas.GenerationTest;

/** Takes the tests of generations as they come. One thread. */
interface TestSink {
  void add(GenerationTest test);

  /** Does what is due, several times a minute, whether tests come or not. */
  void advance();
}
