package io.sidestream.model.onnx;

/** Where a model computes. */
public enum Device {
  CPU,
  /** An NVIDIA GPU; a CPU where none can be used. */
  CUDA
}
