/** Arithmetic that is safe to train with: the only place that knows which tensor calls are not. */
package io.sidestream.learning.tensor;
