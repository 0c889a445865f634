/** Simulated days of a changing world, with the system's own rules, in one process. */
package io.sidestream.rehearsal;
