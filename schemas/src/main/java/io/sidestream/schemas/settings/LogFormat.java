package io.sidestream.schemas.settings;

/** Where a process logs, and in which form. */
public enum LogFormat {
  /** Text, to a file in the work directory. */
  FILE,
  /** Text, to stdout. */
  TEXT,
  /** One JSON object per line, to stdout. */
  JSON
}
