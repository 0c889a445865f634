package io.sidestream.learning.pretrained;

/**
 * A prompt and the ID that answers it.
 *
 * @param codes coarse to fine
 */
public record TextExample(TextPrompt prompt, int[] codes) {
  public TextExample {
    codes = codes.clone();
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }
}
