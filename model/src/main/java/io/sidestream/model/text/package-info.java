/** From an item to its text, from a text to its vector. */
package io.sidestream.model.text;
