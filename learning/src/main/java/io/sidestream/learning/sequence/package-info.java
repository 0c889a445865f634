/**
 * The sequence generator: one causal transformer over the positions of a history or a search, with
 * the exact log-probability of every item.
 */
package io.sidestream.learning.sequence;
