/** All applications in one process over an embedded broker. */
package io.sidestream.cli.standalone;
