/** Results and what they are made of, on disk: computed once, found again after an interruption. */
package io.sidestream.experiments.store;
