package io.sidestream.model.bundle;

import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.Generator;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.resources.CloseableStack;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.text.ItemTextTemplate;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A verified bundle with its native parts open. Thread-safe; closed by the caller, after use. */
public final class OpenGeneration implements AutoCloseable {
  private final Manifest manifest;
  private final String manifestSha256;
  private final ItemTextTemplate template;
  private final TextEncoder encoder;
  private final Towers towers;
  private final ResidualCodebook codebook;
  private final PromptTokens promptTokens;
  private final Generator generator;
  private final Assignments assignments;
  private final QueryLog queryLog;
  private final ItemTexts itemTexts;
  private final PopularityPrediction popularity;
  private final CloseableStack parts;

  OpenGeneration(
      Manifest manifest,
      String manifestSha256,
      ItemTextTemplate template,
      TextEncoder encoder,
      Towers towers,
      ResidualCodebook codebook,
      PromptTokens promptTokens,
      Generator generator,
      Assignments assignments,
      QueryLog queryLog,
      ItemTexts itemTexts,
      PopularityPrediction popularity,
      CloseableStack parts) {
    this.manifest = manifest;
    this.manifestSha256 = manifestSha256;
    this.template = template;
    this.encoder = encoder;
    this.towers = towers;
    this.codebook = codebook;
    this.promptTokens = promptTokens;
    this.generator = generator;
    this.assignments = assignments;
    this.queryLog = queryLog;
    this.itemTexts = itemTexts;
    this.popularity = popularity;
    this.parts = parts;
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The bundle's hash, 64 hexadecimal digits. */
  public String manifestSha256() {
    return manifestSha256;
  }

  public Generation generation() {
    return manifest.generation();
  }

  public ItemTextTemplate template() {
    return template;
  }

  public TextEncoder encoder() {
    return encoder;
  }

  public Towers towers() {
    return towers;
  }

  public ResidualCodebook codebook() {
    return codebook;
  }

  public GeneratorVocabulary vocabulary() {
    return promptTokens.vocabulary();
  }

  public PromptTokens promptTokens() {
    return promptTokens;
  }

  public Generator generator() {
    return generator;
  }

  public Assignments assignments() {
    return assignments;
  }

  public QueryLog queryLog() {
    return queryLog;
  }

  public ItemTexts itemTexts() {
    return itemTexts;
  }

  /** What popularity to expect of items that training did not meet. */
  public PopularityPrediction popularity() {
    return popularity;
  }

  /** Encodes an item from its text and, where given, its collaborative vector. */
  public CodedItem code(Item item, Optional<float[]> collaborative) {
    return code(item, encoder.encode(template.render(item)), collaborative);
  }

  /** Encodes items, each with its collaborative vector of the training. */
  public List<CodedItem> code(List<Item> items) {
    float[][] texts = encoder.encode(items.stream().map(template::render).toList());
    List<CodedItem> coded = new ArrayList<>(items.size());
    for (int i = 0; i < texts.length; i++) {
      Item item = items.get(i);
      coded.add(code(item, texts[i], collaborative(item.id())));
    }
    return coded;
  }

  private CodedItem code(Item item, float[] text, Optional<float[]> collaborative) {
    float[] vector = towers.item(text, collaborative);
    return new CodedItem(
        item.id(),
        new SemanticId(generation(), codebook.encode(vector)),
        vector,
        Optional.of(template.words(item)));
  }

  /** The item's collaborative vector of the training; empty for an item without events. */
  public Optional<float[]> collaborative(ItemId item) {
    int row = Collections.binarySearch(assignments.items(), item);
    return row < 0 ? Optional.empty() : nonZero(assignments.collaborative()[row]);
  }

  /** A collaborative vector of the assignments; empty when it is all zero. */
  public static Optional<float[]> nonZero(float[] collaborative) {
    for (float number : collaborative) {
      if (number != 0) {
        return Optional.of(collaborative.clone());
      }
    }
    return Optional.empty();
  }

  /** What is to be closed after use; it does not keep the assignments in memory. */
  public AutoCloseable natives() {
    return parts;
  }

  @Override
  public void close() {
    parts.close();
  }
}
