/** Catalogues with events, read from disk or generated, ready to be produced. */
package io.sidestream.datasets;
