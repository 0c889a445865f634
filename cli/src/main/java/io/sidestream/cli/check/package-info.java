/** Checks on a running system: that requests are answered. */
package io.sidestream.cli.check;
