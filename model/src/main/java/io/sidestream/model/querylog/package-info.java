/** Inverted index of the query log: which items were clicked for which query terms. */
package io.sidestream.model.querylog;
