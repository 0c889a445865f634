/** Training requests: which are worth a training, how often one is tried, who runs them. */
package io.sidestream.trainer.requests;
