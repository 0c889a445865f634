/** The one space in which items, queries and histories lie, and how each comes into it. */
package io.sidestream.model.vectors;
