package io.sidestream.model.generator;

/** Which marker begins a prompt: serving always marks its task, experiments measure the effect. */
public enum TaskMarker {
  /** The marker of the prompt's own task. */
  TASK {
    @Override
    Task marked(Task task) {
      return task;
    }
  },
  /** One marker for both tasks. */
  NONE {
    @Override
    Task marked(Task task) {
      return Task.SEARCH;
    }
  },
  /** The marker of the other task. */
  WRONG {
    @Override
    Task marked(Task task) {
      return task == Task.SEARCH ? Task.RECOMMENDATION : Task.SEARCH;
    }
  };

  /** The task whose marker begins a prompt of a task. */
  abstract Task marked(Task task);
}
