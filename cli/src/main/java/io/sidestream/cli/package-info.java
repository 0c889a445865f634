/** The command line: each command reads its words and hands them to the part that does the work. */
package io.sidestream.cli;
