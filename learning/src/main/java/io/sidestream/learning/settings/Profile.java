package io.sidestream.learning.settings;

/** Time that a training takes for its quality: the defaults in the YAML file of the same name. */
public enum Profile {
  QUICK,
  FULL
}
