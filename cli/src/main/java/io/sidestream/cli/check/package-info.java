/** Checks on a running system: that requests are answered, and that counts are right. */
package io.sidestream.cli.check;
