/** Chaos runs: a system of processes, faults drawn from a seed, a report of what became of it. */
package io.sidestream.chaos;
