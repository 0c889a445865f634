/** Clients that number what they send, and records that nobody can read. */
package io.sidestream.chaos.load;
