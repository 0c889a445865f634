/** Clients that number what they send, and records that are rejected. */
package io.sidestream.chaos.load;
