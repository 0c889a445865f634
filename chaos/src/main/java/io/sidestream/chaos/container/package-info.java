/** A stack of containers, and the faults that a container engine can bring about. */
package io.sidestream.chaos.container;
