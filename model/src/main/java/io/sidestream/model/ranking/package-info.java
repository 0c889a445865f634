/** From a prompt to ranked items, the same for evaluation and for serving. */
package io.sidestream.model.ranking;
