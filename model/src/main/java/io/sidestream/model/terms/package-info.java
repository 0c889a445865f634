/** Inverted indexes of words: of items' own texts and titles, and of past searches. */
package io.sidestream.model.terms;
