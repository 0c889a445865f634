package io.sidestream.experiments.run;

import io.sidestream.model.generator.Task;

/** Which task marker a prompt begins with, in training and at inference. */
public enum PromptStyle {
  /** Each task's own, as published. */
  OWN,
  /** The same one for both tasks: the rest of the prompt must tell them apart. */
  NONE,
  /** Each task's own in training, the other task's at inference. */
  WRONG;

  Task inTraining(Task task) {
    return this == NONE ? Task.SEARCH : task;
  }

  Task atInference(Task task) {
    return this == WRONG ? other(task) : inTraining(task);
  }

  private static Task other(Task task) {
    return task == Task.SEARCH ? Task.RECOMMENDATION : Task.SEARCH;
  }
}
