/**
 * Ways to turn item vectors into codes, each by its published name, and what became of the codes.
 */
package io.sidestream.learning.quantizer;
