package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import org.junit.jupiter.api.Test;

class GeneratorParametersTest {
  @Test
  void codeToken_everyCode_isThatOfTheVocabulary() {
    CodebookShape codebook = new CodebookShape(3, 5);
    GeneratorVocabulary vocabulary = new GeneratorVocabulary(new int[] {7, 9, 40}, codebook);
    GeneratorShape shape = new GeneratorShape(codebook, vocabulary.size(), 4, 8, 1, 2, 8, 10);
    for (int level = 0; level < 3; level++) {
      for (int code = 0; code < 5; code++) {
        assertEquals(
            vocabulary.code(level, code), GeneratorParameters.codeToken(shape, level, code));
      }
    }
  }
}
