/** Item vectors learned from which items the same people met. */
package io.sidestream.learning.collaborative;
