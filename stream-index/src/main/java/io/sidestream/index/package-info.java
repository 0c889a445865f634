/** The index process: configuration, start and shutdown. */
package io.sidestream.index;
