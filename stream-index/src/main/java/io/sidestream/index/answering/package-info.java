/** Prompts become replies: consumed in batches, answered in parallel, committed when sent. */
package io.sidestream.index.answering;
