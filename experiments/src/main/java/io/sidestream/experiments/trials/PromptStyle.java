package io.sidestream.experiments.trials;

import io.sidestream.model.generator.Task;

/** Which task marker a prompt begins with, while training and when asked. */
public enum PromptStyle {
  /** Each task's own, as published. */
  OWN,
  /** The same one for both tasks: what follows must tell them apart. */
  NONE,
  /** Each task's own while training; the other task's when asked. */
  WRONG;

  /** The task whose marker begins a prompt that is learned from. */
  Task learned(Task task) {
    return this == NONE ? Task.SEARCH : task;
  }

  /** The task whose marker begins a prompt that is asked. */
  Task asked(Task task) {
    if (this == NONE) {
      return Task.SEARCH;
    }
    return this == OWN ? task : other(task);
  }

  private static Task other(Task task) {
    return task == Task.SEARCH ? Task.RECOMMENDATION : Task.SEARCH;
  }
}
