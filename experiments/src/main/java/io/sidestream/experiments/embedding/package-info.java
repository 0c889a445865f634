/** Embedding spaces of items, queries and histories: each trained once, and cached. */
package io.sidestream.experiments.embedding;
