package io.sidestream.chaos.history;

import java.util.OptionalLong;

/**
 * A request that a client sent.
 *
 * @param id its correlation id, different from all others'
 * @param sentMillis when
 * @param ackedMillis when the broker had it; empty when it never said so
 * @param deadlineMillis after which it need not be answered
 */
public record SentRequest(
    String id, long sentMillis, OptionalLong ackedMillis, OptionalLong deadlineMillis) {}
