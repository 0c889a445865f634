package io.sidestream.gateway.http;

import java.time.Duration;

/**
 * Limits of the HTTP server.
 *
 * @param requests answered at once; one more is refused
 * @param connections open at once; one more waits to be accepted
 * @param bodyBytes most bytes of a request's body
 * @param bodyTime longest time for a body to arrive
 * @param idleTime after which a silent connection is closed
 * @param stopTime longest time for open requests to end when the server stops
 */
public record HttpLimits(
    int requests,
    int connections,
    int bodyBytes,
    Duration bodyTime,
    Duration idleTime,
    Duration stopTime) {}
