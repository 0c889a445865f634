/** A network between processes that can be cut and delayed. */
package io.sidestream.chaos.network;
