/** ONNX Runtime: where sessions come from, on which device. */
package io.sidestream.model.onnx;
