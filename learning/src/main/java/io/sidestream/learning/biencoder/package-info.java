/**
 * The bi-encoder: pretrained text vectors, three heads into one space, and the graph that serves.
 */
package io.sidestream.learning.biencoder;
