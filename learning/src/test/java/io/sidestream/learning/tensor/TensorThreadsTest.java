package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorThreadsTest {
  private int before;

  @BeforeEach
  void setThree() {
    Engine.getInstance();
    before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(3);
  }

  @AfterEach
  void restore() {
    JniUtils.setNumThreads(before);
  }

  @Test
  void forStates_few_computesWithOneThread_andRestoresTheOthers() {
    assertEquals(1, TensorThreads.forStates(TensorThreads.MANY - 1, JniUtils::getNumThreads));
    assertEquals(3, JniUtils.getNumThreads());
    assertThrows(
        IllegalStateException.class,
        () ->
            TensorThreads.forStates(
                1,
                () -> {
                  throw new IllegalStateException("work failed");
                }));
    assertEquals(3, JniUtils.getNumThreads());
  }

  @Test
  void forStates_many_computesWithAllThreads() {
    assertEquals(3, TensorThreads.forStates(TensorThreads.MANY, JniUtils::getNumThreads));
  }
}
