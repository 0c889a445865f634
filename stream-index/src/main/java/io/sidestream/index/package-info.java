/** The index process: its configuration, its start and its end. */
package io.sidestream.index;
