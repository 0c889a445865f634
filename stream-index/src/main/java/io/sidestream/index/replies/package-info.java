/** Replies on their way out: which topic and partition, which headers. */
package io.sidestream.index.replies;
