package io.sidestream.gateway.http;

/** A request that cannot be answered as it is: the name of the field, and one sentence. */
public final class BadRequestException extends RuntimeException {
  private final String field;

  /**
   * @param field its name in the body, empty for the whole
   */
  public BadRequestException(String field, String sentence) {
    super(sentence);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
