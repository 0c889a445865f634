/** Training examples of a corpus: pairs, histories and prompts. */
package io.sidestream.learning.examples;
