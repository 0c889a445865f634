/** Inverted indexes of words: of items' own texts and titles, and of the query log. */
package io.sidestream.model.terms;
