/** Beam search as published models are searched with: pure Java over a function to logits. */
package io.sidestream.learning.decoding;
