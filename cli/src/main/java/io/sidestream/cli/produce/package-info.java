/** Catalogues and events onto the topics. */
package io.sidestream.cli.produce;
