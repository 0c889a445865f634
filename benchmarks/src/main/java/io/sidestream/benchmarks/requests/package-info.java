/** Requests to an index process beside an echo of raw Kafka clients, over one broker. */
package io.sidestream.benchmarks.requests;
