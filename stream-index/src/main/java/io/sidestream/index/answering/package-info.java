/** Prompts become replies: taken as they come, answered by workers, committed when sent. */
package io.sidestream.index.answering;
