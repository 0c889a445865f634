/** Pair counts: the rule that makes pairs of events, shared by the counting job and the trainer. */
package io.sidestream.schemas.pairs;
