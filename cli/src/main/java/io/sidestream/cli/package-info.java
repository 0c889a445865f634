/** The command line: one class per command and one per group of options. */
package io.sidestream.cli;
