/** Collaborative filtering: item vectors from interactions and co-occurrences. */
package io.sidestream.learning.collaborative;
