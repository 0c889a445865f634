/** Addressing of replies: topic, partition and headers. */
package io.sidestream.index.replies;
