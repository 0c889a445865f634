package io.sidestream.learning.evaluation;

/**
 * Whether a generation may serve.
 *
 * @param reason one sentence with the numbers that decided
 */
public record Verdict(boolean accepted, String reason) {}
