/** From a prompt to ranked items, the same code in evaluation and in serving. */
package io.sidestream.model.ranking;
