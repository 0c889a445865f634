package io.sidestream.learning.settings;

/** The kinds of generators that are trained. */
public enum GeneratorKind {
  /** One causal transformer over the positions of a history; exact probabilities of all items. */
  SEQUENCE,
  /** The published method: a T5 that reads a prompt and writes an ID by beam search. */
  ENCODER_DECODER
}
