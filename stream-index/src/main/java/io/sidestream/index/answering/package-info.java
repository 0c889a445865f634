/** Prompts become replies: polled in batches, answered in parallel, committed when done. */
package io.sidestream.index.answering;
