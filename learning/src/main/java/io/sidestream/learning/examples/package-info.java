/** What the networks learn from: a training corpus turned into pairs, histories and prompts. */
package io.sidestream.learning.examples;
