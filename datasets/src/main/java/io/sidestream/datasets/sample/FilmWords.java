package io.sidestream.datasets.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Vocabulary of descriptions and queries, read from {@code sample/films.yaml}. */
record FilmWords(
    List<GenreWords> genres,
    List<PlaceWords> places,
    List<LeadWords> leads,
    List<ThemeWords> themes) {
  private static final String RESOURCE = "/sample/films.yaml";

  record GenreWords(String name, List<String> nouns, List<String> searched, List<String> plots) {}

  record PlaceWords(String name, String described, List<String> searched, List<String> nouns) {}

  record LeadWords(String described, List<String> searched) {}

  record ThemeWords(List<String> described, List<String> searched, List<String> words) {}

  static FilmWords read() {
    try (InputStream in = FilmWords.class.getResourceAsStream(RESOURCE)) {
      return new ObjectMapper(new YAMLFactory()).readValue(in, FilmWords.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the sample's words " + RESOURCE + " cannot be read", e);
    }
  }
}
