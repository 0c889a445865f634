package io.sidestream.learning.decoding;

/**
 * Tokens that a search wrote.
 *
 * @param tokens after the start, the end token included where it was written
 * @param score what the search ranks by: log-probability less penalties, over a power of the length
 * @param logProbability natural, of all its tokens, over the whole vocabulary; no penalty in it
 */
public record WrittenSequence(int[] tokens, double score, double logProbability) {}
