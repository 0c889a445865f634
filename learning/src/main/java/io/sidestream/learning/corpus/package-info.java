/** The events and items that a training reads. */
package io.sidestream.learning.corpus;
