/** Catalogues with what people did, read from disk or made up, ready to be produced. */
package io.sidestream.datasets;
