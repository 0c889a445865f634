/** A simulation of an index that is sharded by first code: fan-out, skew and tail latency. */
package io.sidestream.benchmarks.scale;
