/** Produces catalogues and events to the topics. */
package io.sidestream.cli.produce;
